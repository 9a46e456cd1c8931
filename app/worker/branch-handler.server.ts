import { createRequestHandler, type RequestHandler, type ServerBuild } from "@remix-run/cloudflare";
import { routeBranch } from "./route-policy.server";

/** Saves Remix from matching all routes again (docs/decisions/0014-cost-of-a-request.md). */
export function createBranchHandlers(build: ServerBuild) {
  const handleAny = createRequestHandler(build);
  const handlers = new Map<string, RequestHandler>();
  return (routeId: string | undefined): RequestHandler => {
    if (routeId === undefined) return handleAny;
    const known = handlers.get(routeId);
    if (known) return known;
    const { assets } = build;
    const branch = routeBranch(build.routes, routeId).map(({ id }) => id);
    const ids = [...branch, ...indexRoutesOf(build.routes, branch)];
    const handle = createRequestHandler({
      ...build,
      routes: pick(build.routes, ids),
      assets: { ...assets, routes: pick(assets.routes, ids) },
    });
    handlers.set(routeId, handle);
    return handle;
  };
}

/**
 * Remix sends the index routes of all parents with a document. Without them, the browser shows an
 * empty page for the URL of a parent, because it never asks for routes of a URL that it can match.
 */
function indexRoutesOf(routes: ServerBuild["routes"], branch: readonly string[]): string[] {
  return Object.values(routes).flatMap((route) =>
    route?.index && branch.includes(route.parentId ?? "") ? [route.id] : [],
  );
}

const pick = <Value>(all: Record<string, Value>, ids: readonly string[]): Record<string, Value> =>
  Object.fromEntries(Object.entries(all).filter(([id]) => ids.includes(id)));
