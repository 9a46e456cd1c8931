import type { ServerBuild } from "@remix-run/cloudflare";
import { matchRoutes } from "@remix-run/react";
import { createLruCache } from "~/cache/lru-cache.server";
import { pagePathname } from "~/http/urls.server";

/** From least to most restrictive. */
export const accessLevels = ["public", "user", "admin"] as const;
export type Access = (typeof accessLevels)[number];

/** A route's `export const handle` (docs/decisions/0003-private-by-default.md). */
interface Handle {
  access?: Access;
  /** Access for writes, if stricter than for reads. */
  writes?: Access;
  /** Allowed methods, if fewer than the loader and action imply. */
  methods?: readonly string[];
  /** Requests are signed, so writes from other sites are allowed. */
  verifiesSignature?: boolean;
  /** Creates a missing user row on GET; rate limited. */
  provisionsUser?: boolean;
  /** Reads may take the user from KV, which shows bans and deletions later than D1. */
  usesCachedUser?: boolean;
  /** The loader writes the user's cache entry; KV allows one write per key and second. */
  writesUserCache?: boolean;
  /** Shows Clerk components to signed-out visitors. */
  usesClerk?: boolean;
}

const isAccess = (value: unknown) => accessLevels.some((level) => level === value);
const isBoolean = (value: unknown) => typeof value === "boolean";
const isStringArray = (value: unknown) =>
  Array.isArray(value) && value.every((item) => typeof item === "string");

/** Not a zod schema, which would add milliseconds to the start of each isolate. */
const handleValidators = new Map([
  ["access", isAccess],
  ["writes", isAccess],
  ["methods", isStringArray],
  ["verifiesSignature", isBoolean],
  ["provisionsUser", isBoolean],
  ["usesCachedUser", isBoolean],
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
  /** The leaf route. */
  routeId: string;
  access: Access;
  /** At least as strict as `access`. */
  writeAccess: Access;
  /** Pages respond with HTML; other routes are APIs. */
  isPage: boolean;
  /** Sent in the `Allow` header. */
  methods: readonly string[];
  verifiesSignature: boolean;
  provisionsUser: boolean;
  usesCachedUser: boolean;
  writesUserCache: boolean;
}

type Routes = ServerBuild["routes"];
type RouteObject = Parameters<typeof matchRoutes>[0][number];

const maxPathnames = 500;

/** Null if no route matches. */
export type FindPolicy = (url: URL) => RoutePolicy | null;

/**
 * Matches as Remix does, for pages and their data. Keeps the results, since a match compiles the
 * patterns of many routes (docs/decisions/0014-cost-of-a-request.md).
 */
export function createPolicyFinder(routes: Routes, policies = routePolicies(routes)): FindPolicy {
  const tree = routeTree(routes);
  const find = (pathname: string): RoutePolicy | null => {
    const leaf = matchRoutes(tree, pagePathname(pathname))?.at(-1)?.route;
    return (leaf?.id !== undefined && policies.get(leaf.id)) || null;
  };
  const found = createLruCache<RoutePolicy | null>(maxPathnames);
  return ({ pathname }) => {
    const known = found.get(pathname);
    if (known !== undefined) return known;
    const policy = find(pathname);
    found.beginSet(pathname)(policy, Number.POSITIVE_INFINITY);
    return policy;
  };
}

/**
 * Routes need a user by default, invalid handles an admin; the strictest of a route and its parents
 * wins.
 */
export function routePolicies(routes: Routes): Map<string, RoutePolicy> {
  return new Map(Object.keys(routes).map((id) => [id, branchPolicy(id, routeBranch(routes, id))]));
}

export function isReadMethod(method: string): boolean {
  return ["GET", "HEAD", "OPTIONS"].includes(method);
}

export function requiredAccess({ access, writeAccess }: RoutePolicy, method: string): Access {
  return isReadMethod(method) ? access : writeAccess;
}

export function satisfies(granted: Access, required: Access): boolean {
  return accessLevels.indexOf(granted) >= accessLevels.indexOf(required);
}

type Route = NonNullable<Routes[string]>;

/** Outermost parent first. */
export function routeBranch(routes: Routes, id: string | undefined): Route[] {
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
    usesCachedUser: access === "user" && (value.usesCachedUser ?? false),
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
