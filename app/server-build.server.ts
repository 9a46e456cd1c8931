import { type AppLoadContext, createRequestHandler, type ServerBuild } from "@remix-run/cloudflare";
import * as build from "@remix-run/dev/server-build";
import { accessFor, chainOf, covers, routePolicies } from "./access/policy.server";
import { logRequestError } from "./access/request-log.server";
import { isDataPath } from "./access/urls.server";
import { ApplicationError, ForbiddenError, problemResponse, statusOf } from "./errors";
import { resourceAnswer } from "./resource-request.server";

type RouteModule = NonNullable<ServerBuild["routes"][string]>["module"];
type DataFunction = NonNullable<RouteModule["loader"]>;

/** The routes as built: what the access policy is read from. */
export const { routes } = build;

/** The access policy of every route, by its id. */
export const policies = routePolicies(routes);

type Handler = ReturnType<typeof createRequestHandler>;

/**
 * Answers a request, behind the guard. What a loader or action throws of ours is answered by its status, in this one place.
 */
export function handleRequest(
  request: Request,
  routeId: string | undefined,
  context: AppLoadContext,
): Promise<Response> {
  // The form of a single fetch is one that Remix alone knows.
  const isForData = isDataPath(new URL(request.url).pathname);
  const answer = routeId && !isForData ? resources.get(routeId) : null;
  return answer ? answer(request, context) : handleByRemix(request, routeId, context);
}

const handleByRemix = createHandler(mapErrors);

/** What answers for each route that is no page. */
const resources = new Map(
  [...policies.keys()].map((id) => {
    const chain = chainOf(routes, id);
    const module = chain.at(-1)?.module;
    const paths = chain.map(({ path }) => path);
    return [id, module ? resourceAnswer(mapErrors(module, id), paths) : null];
  }),
);

const refuse = createHandler(throwRefusal);

/**
 * Answers a request with a refusal, in the form Remix gives that kind of request: an error page, a single-fetch body. What is no
 * page to show goes out as it is. Not one loader or action of the application runs.
 */
export async function refuseRequest(
  request: Request,
  routeId: string | undefined,
  context: AppLoadContext,
  refusal: Response,
): Promise<Response> {
  const url = new URL(request.url);
  const isPage = routeId === undefined || policies.get(routeId)?.isPage;
  const isShown = isPage && !refusal.headers.has("Location");
  if (!isShown && !isDataPath(url.pathname)) return refusal;
  url.searchParams.delete("_routes");
  const response = await refuse(new Request(url, request), routeId, { ...context, refusal });
  for (const name of ["Allow", "Retry-After", "WWW-Authenticate"]) {
    const value = refusal.headers.get(name);
    if (value !== null) response.headers.set(name, value);
  }
  return response;
}

/**
 * A request handler over the build with its modules changed. Remix ranks all the routes it knows several times a request, and that
 * costs more than the rest of an answer: where the guard has found the route, Remix is given that one and its parents.
 */
function createHandler(change: (module: RouteModule, id: string) => RouteModule) {
  const handlers = new Map<string | undefined, Handler>();
  return (request: Request, routeId: string | undefined, context: AppLoadContext) => {
    const handler = handlers.get(routeId) ?? createRequestHandler(withModules(change, routeId));
    handlers.set(routeId, handler);
    return handler(request, context);
  };
}

function withModules(
  change: (module: RouteModule, id: string) => RouteModule,
  routeId: string | undefined,
): ServerBuild {
  const ids = routeId ? keptIds(routeId) : Object.keys(routes);
  const kept = <Entry>(entries: Record<string, Entry>) =>
    Object.entries(entries).filter(([id]) => ids.includes(id));
  const changed = kept(routes).map(([id, route]) => [
    id,
    route && { ...route, module: change(route.module, id) },
  ]);
  const assets = { ...build.assets, routes: Object.fromEntries(kept(build.assets.routes)) };
  return { ...build, assets, routes: Object.fromEntries(changed) };
}

/**
 * A route, its parents, and what stands in each of those where nothing else does: the browser takes the parent's own address for
 * known, and would ask the server for no more of it.
 */
function keptIds(routeId: string): string[] {
  const chain = chainOf(routes, routeId).map(({ id }) => id);
  const indexes = Object.values(routes).filter(
    (route) => route?.index && route.path === undefined && chain.includes(route.parentId ?? ""),
  );
  return [...chain, ...indexes.flatMap((route) => route?.id ?? [])];
}

function throwRefusal(module: RouteModule): RouteModule {
  const refusing: DataFunction = ({ context }) => {
    throw context.refusal?.clone() ?? new Response(null, { status: 403 });
  };
  return { ...module, loader: refusing, action: refusing };
}

/** The last lock: should the guard ever have read a URL in another way than Remix, the loader still does not run. */
function assertGranted(id: string, method: string, { access = "public" }: AppLoadContext): void {
  const policy = policies.get(id);
  if (covers(access, policy ? accessFor(policy, method) : "admin")) return;
  throw new ForbiddenError(`The guard did not decide for ${id}`);
}

function mapErrors(module: RouteModule, id: string): RouteModule {
  const mapped =
    (run: DataFunction, method: string): DataFunction =>
    async (args) => {
      try {
        assertGranted(id, method, args.context);
        return await run(args);
      } catch (error) {
        if (!(error instanceof ApplicationError)) throw error;
        logRequestError(args.context, error);
        const status = statusOf(error);
        throw module.default ? new Response(null, { status }) : problemResponse(status);
      }
    };
  const { loader, action } = module;
  return {
    ...module,
    ...(loader && { loader: mapped(loader, "GET") }),
    ...(action && { action: mapped(action, "POST") }),
  };
}
