import type { AppLoadContext, ServerBuild } from "@remix-run/cloudflare";
import { isRead } from "./access/policy.server";
import { handleError } from "./entry.server";
import { problemResponse } from "./errors";

type RouteModule = NonNullable<ServerBuild["routes"][string]>["module"];
type Answer = (request: Request, context: AppLoadContext) => Promise<Response>;

/**
 * Answers requests of a route that is no page by its loader or action alone. The guard has matched it, and there is nothing to
 * render, so Remix would only match it again, twice, and copy the request. Null where Remix has to: a page, a path with
 * parameters.
 */
export function resourceAnswer(
  { loader, action, default: page }: RouteModule,
  paths: readonly (string | undefined)[],
): Answer | null {
  if (page !== undefined || paths.some((path) => path && /[:*?]/.test(path))) return null;
  return async (request, context) => {
    const args = { request, context, params: {} };
    try {
      const answer = await (isRead(request.method) ? loader : action)?.(args);
      if (answer instanceof Response) return answer;
      throw new TypeError("A route that is no page answers with a Response");
    } catch (thrown) {
      if (thrown instanceof Response) return thrown;
      handleError(thrown, args);
      return problemResponse(500);
    }
  };
}
