import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readEnvironment } from "../../app/env.server.ts";
import {
  checkUrl,
  isApiPath,
  isDataPath,
  onCanonicalOrigin,
  pagePathname,
} from "../../app/http/urls.server.ts";
import { localClerkEnvironment } from "../clerk/environment.ts";

const site = "https://courses.example";
const read = (path: string) => checkUrl(new URL(path, site));

describe("checkUrl", () => {
  test.each([
    "/",
    "/admin/users",
    "/admin/users.data",
    "/courses/a%20b",
    "/courses/caf%C3%A9?a=//b",
  ])("%s is canonical", (path) => expect(read(path)).toEqual({ kind: "canonical" }));

  test.each([
    ["//admin//users", "/admin/users"],
    ["/admin/users/", "/admin/users"],
    ["///dashboard", "/dashboard"],
    ["//", "/"],
  ])("%s redirects to %s", (path, pathname) => {
    expect(checkUrl(new URL(site + path))).toEqual({ kind: "redirect", pathname });
  });

  test.each([
    "/admin%2fusers",
    "/admin%5Cusers",
    "/%61dmin",
    "/admin/users%2edata",
    "/admin/.data",
    "/admin/.data/users",
    "/admin%00",
    "/admin%7f",
    "/admin%",
    "/admin%zz",
    "/admin/%ff",
    "/%2561dmin",
    "/?_data=root",
  ])("%s is rejected", (path) => expect(read(path)).toEqual({ kind: "invalid" }));

  test("a redirect target is canonical and on this site", () => {
    const parts = fc.array(fc.constantFrom("/", "//", "a", "admin", ".data", "%41", "%20"));
    fc.assert(
      fc.property(parts, (path) => {
        const check = read(`/x${path.join("")}`);
        if (check.kind !== "redirect") return;
        expect(check.pathname).toMatch(/^\/(?!\/)/);
        expect(read(check.pathname)).toEqual({ kind: "canonical" });
      }),
    );
  });
});

test.each([
  ["/_root.data", "/"],
  ["/admin/users.data", "/admin/users"],
  ["/admin/users", "/admin/users"],
])("the page of %s is %s", (pathname, page) => {
  expect(pagePathname(pathname)).toBe(page);
  expect(isDataPath(pathname)).toBe(pathname !== page);
});

test.each([
  ["/api", true],
  ["/api/me", true],
  ["//API//me", true],
  ["/apiary", false],
  ["/courses/api", false],
])("%s is an API path: %s", (pathname, expected) => expect(isApiPath(pathname)).toBe(expected));

test("a URL with another host keeps its path and query on the canonical origin", () => {
  const variables = localClerkEnvironment({
    clerkOrigin: "http://localhost:1",
    appOrigin: "http://localhost:2",
  });
  const url = new URL("http://evil.example/courses?a=1");
  expect(onCanonicalOrigin(url, readEnvironment(variables))).toBe("http://localhost:2/courses?a=1");
});
