import type { ServerBuild } from "@remix-run/cloudflare";
import { describe, expect, test } from "vitest";
import {
  accessLevels,
  createPolicyFinder,
  isReadMethod,
  requiredAccess,
  routePolicies,
  satisfies,
} from "../../app/worker/route-policy.server.ts";

type Module = NonNullable<ServerBuild["routes"][string]>["module"];

const page = () => null;
const response = () => null;
const module = (parts: Partial<Module>): Module => ({ default: undefined, ...parts });

/** A route whose path equals its id, with an optional parent. */
function route(id: string, parts: Partial<Module>, parentId?: string) {
  return { [id]: { id, path: id, ...(parentId && { parentId }), module: module(parts) } };
}

function policyOf(parts: Partial<Module>, parent?: Partial<Module>) {
  const routes = {
    ...(parent && route("parent", parent)),
    ...route("leaf", parts, parent && "parent"),
  };
  const policy = routePolicies(routes).get("leaf");
  if (!policy) throw new Error("The route has no policy");
  return policy;
}

describe("the access level of a route", () => {
  test.each([
    ["has no handle", {}, "user"],
    ["is public", { handle: { access: "public" } }, "public"],
    ["is admin-only", { handle: { access: "admin" } }, "admin"],
    ["has a handle without access", { handle: { usesClerk: true } }, "user"],
    ["misspells its access", { handle: { access: "pubic" } }, "admin"],
    [
      "has a flag that is not a boolean",
      { handle: { access: "public", usesClerk: "yes" } },
      "admin",
    ],
    ["has a list as its handle", { handle: ["public"] }, "admin"],
    ["has null as its handle", { handle: null }, "admin"],
  ])("that %s", (_, parts, access) => {
    expect(policyOf({ default: page, ...parts }).access).toBe(access);
  });

  test.each([
    [{ usesCachedUser: true }, true],
    [{}, false],
    [{ access: "admin", usesCachedUser: true }, false],
    [{ access: "public", writes: "user", usesCachedUser: true }, false],
  ])("%j takes the user from KV: %s", (handle, isCached) => {
    expect(policyOf({ default: page, handle }).usesCachedUser).toBe(isCached);
  });

  test.each([
    ["public", "admin", "admin"],
    ["admin", "public", "admin"],
    ["public", "public", "public"],
    ["user", "public", "user"],
  ])("%s inside a parent that is %s is %s", (own, parent, access) => {
    const handles = [own, parent].map((one) => ({ default: page, handle: { access: one } }));
    expect(policyOf(handles[0] ?? {}, handles[1]).access).toBe(access);
  });

  test("writes never require less than reads", () => {
    for (const access of accessLevels) {
      for (const writes of accessLevels) {
        const policy = policyOf({ default: page, handle: { access, writes } });
        expect(satisfies(policy.writeAccess, policy.access)).toBe(true);
        expect(satisfies(policy.writeAccess, writes)).toBe(true);
      }
    }
  });
});

describe("the methods of a route", () => {
  const reads = ["GET", "HEAD"];
  const writes = ["POST", "PUT", "PATCH", "DELETE"];
  test.each([
    ["a page", { default: page }, reads],
    ["a page with an action", { default: page, action: response }, [...reads, ...writes]],
    ["a loader", { loader: response }, reads],
    ["an action", { action: response }, writes],
    ["explicit methods", { action: response, handle: { methods: ["POST"] } }, ["POST"]],
  ])("%s", (_, parts, methods) => expect(policyOf(parts).methods).toEqual(methods));

  test("a page accepts the forms of its parents", () => {
    expect(policyOf({ default: page }, { default: page, action: response }).methods).toContain(
      "POST",
    );
  });
});

test("a granted level satisfies itself and lower levels", () => {
  const table = accessLevels.map((granted) =>
    accessLevels.map((requested) => satisfies(granted, requested)),
  );
  expect(table).toEqual([
    [true, false, false],
    [true, true, false],
    [true, true, true],
  ]);
});

test("GET, HEAD and OPTIONS require read access, all other methods write access", () => {
  const policy = policyOf({ default: page, handle: { access: "public", writes: "user" } });
  for (const method of ["GET", "HEAD", "OPTIONS"])
    expect(requiredAccess(policy, method)).toBe("public");
  for (const method of ["POST", "DELETE", "get", "ODD"]) {
    expect(isReadMethod(method)).toBe(false);
    expect(requiredAccess(policy, method)).toBe("user");
  }
});

describe("the policy of a URL", () => {
  const find = createPolicyFinder({
    ...route("admin", { default: page, handle: { access: "admin" } }),
  });
  const routeOf = (path: string) => find(new URL(path, "http://localhost"))?.routeId ?? null;

  test.each(["/admin", "/admin.data", "/admin?a=1", "/ADMIN"])(
    "%s has the policy of its page",
    (path) => {
      expect([routeOf(path), routeOf(path)]).toEqual(["admin", "admin"]);
    },
  );

  test.each(["/", "/admins", "/admin/x", `/${"x".repeat(1_000)}`])("%s has none", (path) => {
    expect([routeOf(path), routeOf(path)]).toEqual([null, null]);
  });
});
