import type { ServerBuild } from "@remix-run/cloudflare";
import { matchRoutes } from "@remix-run/react";
import { pagePathname } from "~/http/urls.server";

/** Who may use a route. From open to closed. */
export const accessLevels = ["public", "user", "admin"] as const;
export type Access = (typeof accessLevels)[number];

/** What a route may say of itself in `export const handle` (docs/decisions/0003-private-by-default.md). */
interface Handle {
  access?: Access;
  /** Who may write, where that takes more than reading: a page that is open to all and takes forms of signed-in people. */
  writes?: Access;
  /** The methods it answers, where they are fewer than those of its loader and action. */
  methods?: readonly string[];
  /** Its writes prove by themselves who sent them, as a signature does, so other sites may send them. */
  verifiesSignature?: boolean;
  /** It makes the row of a person who has none, the one GET that changes anything; one person may ask only so often. */
  provisionsUser?: boolean;
  /** Its loader puts the record of who asks into the cache, with what it reads of them; KV takes one write a second of a key. */
  writesUserCache?: boolean;
  /** It shows Clerk's components to who is signed out (app/layout/clerk-components-context.ts). */
  usesClerk?: boolean;
}

const isAccess = (value: unknown) => accessLevels.some((level) => level === value);
const isBoolean = (value: unknown) => typeof value === "boolean";
const isStringArray = (value: unknown) =>
  Array.isArray(value) && value.every((word) => typeof word === "string");

/** Not a schema of zod: every route is read whenever an isolate starts, and a schema would take milliseconds. */
const handleValidators = new Map([
  ["access", isAccess],
  ["writes", isAccess],
  ["methods", isStringArray],
  ["verifiesSignature", isBoolean],
  ["provisionsUser", isBoolean],
  ["writesUserCache", isBoolean],
  ["usesClerk", isBoolean],
]);

function isHandle(handle: unknown): handle is Handle {
  if (typeof handle !== "object" || handle === null || Array.isArray(handle)) return false;
  return Object.entries(handle).every(
    ([name, value]) => value === undefined || (handleValidators.get(name)?.(value) ?? true),
  );
}

export interface RoutePolicy {
  /** The route that answers; its parents come with it. */
  routeId: string;
  access: Access;
  /** What a write takes: never less than `access`. */
  writeAccess: Access;
  /** A page answers people with HTML; any other route answers programs. */
  isPage: boolean;
  /** The methods it answers; `OPTIONS` tells them. */
  methods: readonly string[];
  verifiesSignature: boolean;
  provisionsUser: boolean;
  writesUserCache: boolean;
}

type Routes = ServerBuild["routes"];
type RouteObject = Parameters<typeof matchRoutes>[0][number];

/** Finds the policy of a URL; null where no route matches. */
export type FindPolicy = (url: URL) => RoutePolicy | null;

/** The policy of every URL, matched as Remix matches: by the path of the page, whether the page or its data is asked for. */
export function createPolicyFinder(routes: Routes, policies = routePolicies(routes)): FindPolicy {
  const tree = routeTree(routes);
  return ({ pathname }) => {
    const leaf = matchRoutes(tree, pagePathname(pathname))?.at(-1)?.route;
    return (leaf?.id !== undefined && policies.get(leaf.id)) || null;
  };
}

/**
 * The policy of every route by its id, from what the built routes say. A route that says nothing is for signed-in people, one
 * that says something unknown for admins; of a route and its parents the strictest word counts.
 */
export function routePolicies(routes: Routes): Map<string, RoutePolicy> {
  return new Map(Object.keys(routes).map((id) => [id, branchPolicy(id, routeBranch(routes, id))]));
}

/** Whether a method changes nothing by its meaning. */
export function isReadMethod(method: string): boolean {
  return ["GET", "HEAD", "OPTIONS"].includes(method);
}

/** What a request with this method takes. */
export function requiredAccess({ access, writeAccess }: RoutePolicy, method: string): Access {
  return isReadMethod(method) ? access : writeAccess;
}

/** Whether what was granted is enough for what a route asks. */
export function satisfies(granted: Access, required: Access): boolean {
  return accessLevels.indexOf(granted) >= accessLevels.indexOf(required);
}

type Route = NonNullable<Routes[string]>;

/** A route behind its parents, the outermost first. */
function routeBranch(routes: Routes, id: string | undefined): Route[] {
  const route = id ? routes[id] : undefined;
  return route ? [...routeBranch(routes, route.parentId), route] : [];
}

function branchPolicy(routeId: string, branch: readonly Route[]): RoutePolicy {
  const levels = branch.map(({ module }) => handleAccess(module.handle));
  const access = strictest(levels);
  const { handle, default: page, loader, action } = branch.at(-1)?.module ?? {};
  const value: Handle = isHandle(handle) ? handle : {};
  const isPage = page !== undefined;
  const writes = isPage ? branch.some(({ module }) => module.action) : action;
  const derived = [
    ...(isPage || loader ? ["GET", "HEAD"] : []),
    ...(writes ? ["POST", "PUT", "PATCH", "DELETE"] : []),
  ];
  return {
    routeId,
    access,
    writeAccess: strictest([access, value.writes ?? access]),
    isPage,
    methods: value.methods ?? derived,
    verifiesSignature: value.verifiesSignature ?? false,
    provisionsUser: value.provisionsUser ?? false,
    writesUserCache: value.writesUserCache ?? false,
  };
}

function strictest(levels: readonly Access[]): Access {
  return accessLevels.findLast((level) => levels.includes(level)) ?? "admin";
}

function handleAccess(handle: unknown): Access {
  if (handle === undefined) return "user";
  return isHandle(handle) ? (handle.access ?? "user") : "admin";
}

function routeTree(routes: Routes, parentId?: string): RouteObject[] {
  return Object.values(routes)
    .filter((route) => route !== undefined)
    .filter((route) => (route.parentId || undefined) === parentId)
    .map(({ id, path, index, caseSensitive }) =>
      index
        ? { id, path, index, caseSensitive }
        : { id, path, caseSensitive, children: routeTree(routes, id) },
    );
}
