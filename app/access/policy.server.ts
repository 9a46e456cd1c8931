import type { ServerBuild } from "@remix-run/cloudflare";
import { matchRoutes } from "@remix-run/react";
import * as z from "zod";
import { pagePathname } from "./redirects.server";

/** Who may use a route. From open to closed. */
const accessLevels = ["public", "user", "admin"] as const;
export type Access = (typeof accessLevels)[number];

const handleSchema = z.object({ access: z.enum(accessLevels) });

export interface RoutePolicy {
  access: Access;
  /** A page answers people with HTML; any other route answers programs. */
  isPage: boolean;
}

type RouteObject = Parameters<typeof matchRoutes>[0][number];

/** Finds the policy of a URL; null where no route matches. */
export type PolicyOf = (url: URL) => RoutePolicy | null;

/**
 * The access of every URL, from what the built routes say in `handle.access`. A route that says nothing is for signed-in
 * people; of a matched chain the strictest word counts. A path that Remix could read in two ways, as itself and as the data
 * of another page, gets the stricter of both.
 */
export function createPolicy(routes: ServerBuild["routes"]): PolicyOf {
  const tree = routeTree(routes);
  return ({ pathname }) => {
    const asPage = matchRoutes(tree, pagePathname(pathname));
    const asItself = matchRoutes(tree, pathname);
    const leaf = (asPage ?? asItself)?.at(-1)?.route;
    if (!leaf) return null;
    const chain = [...(asPage ?? []), ...(asItself ?? [])];
    return {
      access: strictest(chain.map(({ route }) => accessOf(route.handle))),
      isPage: leaf.id !== undefined && routes[leaf.id]?.module.default !== undefined,
    };
  };
}

/** The strictest of several words; with none, a route is for signed-in people. */
export function strictest(words: readonly Access[]): Access {
  return accessLevels.findLast((level) => words.includes(level)) ?? "user";
}

function accessOf(handle: unknown): Access {
  const said = handleSchema.safeParse(handle);
  return said.success ? said.data.access : "user";
}

function routeTree(routes: ServerBuild["routes"], parentId?: string): RouteObject[] {
  return Object.values(routes)
    .filter((route) => route !== undefined)
    .filter((route) => (route.parentId || undefined) === parentId)
    .map(({ id, path, index, caseSensitive, module: { handle } }) =>
      index
        ? { id, path, index, caseSensitive, handle }
        : { id, path, caseSensitive, handle, children: routeTree(routes, id) },
    );
}
