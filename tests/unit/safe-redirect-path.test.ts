import fc from "fast-check";
import { expect, test } from "vitest";
import { safeRedirectPath } from "../../app/http/safe-redirect-path.ts";

const siteOrigin = "https://courses.example";
const resolve = (path: string) => new URL(path, `${siteOrigin}/api/clerk/syncUsers`);

const hostile = [
  "https://evil.example",
  "//evil.example",
  "//same-origin.invalid/x",
  "/\\evil.example",
  "\\\\evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "/.//evil.example",
  "/..//evil.example",
  "javascript:alert(1)",
  "data:text/html,x",
  "dashboard",
  "",
  " /dashboard",
  "/dash\u0000board",
];

test.each(hostile)("rejects %j", (target) => {
  expect(safeRedirectPath(target, "/fallback")).toBe("/fallback");
});

test.each(["/", "/dashboard", "/courses/css?page=2#top", "/a//b", "/%2F%2Fevil"])(
  "keeps %j",
  (target) => {
    expect(safeRedirectPath(target, "/fallback")).toBe(target);
  },
);

test("no target leaves the site", () => {
  const slashes = fc.constantFrom(
    "/",
    "\\",
    "//",
    "/./",
    "/../",
    "\t",
    "\n",
    ".",
    "@",
    ":",
    "%2f",
    "?",
    "#",
  );
  const target = fc
    .array(fc.oneof(slashes, fc.constantFrom("evil.example", "http", "x"), fc.string()), {
      maxLength: 8,
    })
    .map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(fc.oneof(target, fc.webUrl(), fc.string()), (text) => {
      const path = safeRedirectPath(text, "/fallback");
      expect(resolve(path).origin).toBe(siteOrigin);
      expect(path.startsWith("/")).toBe(true);
      expect(path.startsWith("//")).toBe(false);
    }),
    { numRuns: 5_000 },
  );
});

test("keeps a plain path unchanged", () => {
  const segment = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
  fc.assert(
    fc.property(fc.array(segment, { minLength: 1, maxLength: 4 }), (segments) => {
      const path = `/${segments.join("/")}`;
      expect(safeRedirectPath(path, "/fallback")).toBe(path);
    }),
  );
});
