import { type AppLoadContext, data, type ServerBuild } from "@remix-run/cloudflare";
import * as build from "@remix-run/dev/server-build";
import {
  ApplicationError,
  errorStatus,
  ForbiddenError,
  MethodNotAllowedError,
  pageErrorResponse,
  problemResponse,
  rateLimitPeriodSeconds,
  TooManyRequestsError,
} from "~/errors";
import { canShowAgain } from "~/http/kept-form.server";
import { rateLimited } from "~/http/rate-limited";
import { isDataPath } from "~/http/urls.server";
import { createBranchHandlers } from "./branch-handler.server";
import { logRequestError } from "./request-log.server";
import { type RoutePolicy, requiredAccess, routePolicies, satisfies } from "./route-policy.server";

type RouteModule = NonNullable<ServerBuild["routes"][string]>["module"];
type DataFunction = NonNullable<RouteModule["loader"]>;

export const { routes } = build;

export const policies = routePolicies(routes);

const handlerFor = createBranchHandlers({ ...build, routes: guardedRoutes() });

/** Runs the matched route, or responds with the guard's denial. */
export async function handleRequest(
  request: Request,
  policy: RoutePolicy | null,
  context: AppLoadContext,
): Promise<Response> {
  const { denial } = context;
  const response = denial
    ? await deny(request, policy, { ...context, denial })
    : await handlerFor(policy?.routeId)(request, context);
  if (response.status === 429) response.headers.set("Retry-After", `${rateLimitPeriodSeconds}`);
  return response;
}

/** Remix turns a denial into an error page or data; redirects and API denials are final. */
async function deny(
  request: Request,
  policy: RoutePolicy | null,
  context: AppLoadContext & { denial: Response },
): Promise<Response> {
  const { denial } = context;
  const url = new URL(request.url);
  const hasErrorPage = policy?.isPage && !denial.headers.has("Location");
  if (!hasErrorPage && !isDataPath(url.pathname)) return denial;
  // A data request may name routes to load; the denial must not depend on them.
  url.searchParams.delete("_routes");
  // The guard may have read the body.
  const { method, headers, signal } = request;
  const bodyless = new Request(url, { method, headers, signal });
  const response = await handlerFor(policy?.routeId)(bodyless, context);
  for (const name of ["Allow", "WWW-Authenticate"]) {
    const value = denial.headers.get(name);
    if (value !== null) response.headers.set(name, value);
  }
  return response;
}

function guardedRoutes(): ServerBuild["routes"] {
  const entries = Object.entries(routes).map(([id, route]) => [
    id,
    route && { ...route, module: guardModule(route.module, id) },
  ]);
  return Object.fromEntries(entries);
}

/** Every module gets an action, or Remix would respond to writes that the guard rejected. */
function guardModule(module: RouteModule, id: string): RouteModule {
  const { loader, action = rejectMethod } = module;
  const guarded =
    (run: DataFunction, method: string): DataFunction =>
    async (args) => {
      try {
        assertGranted(id, method, args.context);
        return await run(args);
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        // A disconnected client makes its own request fail.
        if (error instanceof ApplicationError || !args.request.signal.aborted) {
          logRequestError(args.context, error);
        }
        const submitted = error instanceof TooManyRequestsError ? error.submitted : undefined;
        if (submitted && canShowAgain(submitted)) {
          return data(rateLimited(submitted), { status: errorStatus(error) });
        }
        throw module.default ? pageErrorResponse(error) : problemResponse(errorStatus(error));
      }
    };
  return {
    ...module,
    ...(loader && { loader: guarded(loader, "GET") }),
    action: guarded(action, "POST"),
  };
}

// Hoisted: routes are guarded while this module is evaluated.
function rejectMethod(): never {
  throw new MethodNotAllowedError("The route has no action");
}

/** Defense in depth: a loader runs only if the guard granted the access that its route requires. */
function assertGranted(id: string, method: string, context: AppLoadContext): void {
  const { access = "public", denial } = context;
  if (denial) throw denial.clone();
  const policy = policies.get(id);
  if (!satisfies(access, policy ? requiredAccess(policy, method) : "admin")) {
    throw new ForbiddenError(`The guard did not grant access to ${id}`);
  }
}
