import { expect, test } from "vitest";
import { usePlatform } from "../support/fixtures.ts";

const platform = await usePlatform({ IMPRINT_URL: "https://example.com/imprint?a=1&b=2" });

const chooseTheme = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${platform.origin}/theme`, {
    method: "POST",
    redirect: "manual",
    headers: { Origin: platform.origin, ...headers },
    body: new URLSearchParams({ returnTo: "/", ...fields }),
  });

const documentWith = async (Cookie: string, path = "/") => {
  const html = await (await fetch(platform.origin + path, { headers: { Cookie } })).text();
  return /<html[^>]*>/.exec(html)?.[0];
};

test("a chosen theme is a cookie, and returns to the page of this site", async () => {
  const response = await chooseTheme({ theme: "dark", returnTo: "/?after=1" });
  expect(response.status).toBe(303);
  expect(response.headers.get("location")).toBe("/?after=1");
  expect(response.headers.getSetCookie()).toEqual([
    "theme=dark; Path=/; Max-Age=31536000; SameSite=Lax",
  ]);
  for (const returnTo of ["//example.com", "https://example.com/", "\\\\example.com", ""]) {
    const elsewhere = await chooseTheme({ theme: "light", returnTo });
    expect(elsewhere.headers.get("location"), returnTo).toBe("/");
  }
});

test("anything else is rejected and sets no cookie", async () => {
  const rejected = [
    await chooseTheme({ theme: "blue" }),
    await chooseTheme({ theme: "dark", other: "x" }),
    await chooseTheme({ theme: "dark" }, { Origin: "https://example.com" }),
    await fetch(`${platform.origin}/theme`),
  ];
  expect(rejected.map(({ status }) => status)).toEqual([400, 400, 403, 405]);
  for (const { headers } of rejected) expect(headers.getSetCookie()).toEqual([]);
});

test.each(["/", "/sign-in", "/no-such-page"])(
  "%s is rendered in the theme of the cookie, and links to the imprint",
  async (path) => {
    expect(await documentWith("theme=dark", path)).toContain('data-theme="dark"');
    expect(await documentWith("theme=light", path)).toContain('data-theme="light"');
    const html = await documentWith('theme="><script>', path);
    expect(html).toContain('data-theme="system"');
    expect(html).toContain('data-imprint-url="https://example.com/imprint?a=1&amp;b=2"');
    expect(html).not.toContain("data-admin");
  },
);
