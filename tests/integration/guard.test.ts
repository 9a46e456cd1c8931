import { beforeAll, expect, test } from "vitest";
import { usePlatform } from "../support/fixtures.ts";
import { cookieHeader, createSignedInUser } from "../support/signed-in-user.ts";

const platform = await usePlatform();
let user: Awaited<ReturnType<typeof createSignedInUser>>;
let admin: Awaited<ReturnType<typeof createSignedInUser>>;
beforeAll(async () => {
  user = await createSignedInUser(platform);
  admin = await createSignedInUser(platform, { role: "admin" });
});

const visit = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${platform.origin}${path}`, { headers, redirect: "manual" });

const privatePages = [
  "/dashboard",
  "/courses",
  "/purchases",
  "/account",
  "/account/security",
  "/admin",
];

test.each(privatePages)(
  "%s redirects signed-out visitors to sign-in with a redirect URL",
  async (path) => {
    const response = await visit(`${path}?a=1`);
    expect(response.status).toBe(302);
    expect(response.headers.get("location")).toBe(
      `/sign-in?redirect_url=${encodeURIComponent(`${path}?a=1`)}`,
    );
    expect(await response.text()).toBe("");
  },
);

test.each(privatePages)(
  "the data of %s redirects to sign-in with a full page load",
  async (path) => {
    const response = await visit(`${path}.data?_routes=routes%2Fdashboard`);
    expect(response.status).toBe(202);
    const body = await response.text();
    expect(body).toContain(`/sign-in?redirect_url=${encodeURIComponent(path)}`);
    expect(body).toContain('"reload",true');
  },
);

test.each(["/", "/sign-in", "/sign-in/factor-one", "/sign-up", "/api/health"])(
  "%s is public",
  async (path) => {
    expect((await visit(path)).status).toBe(200);
  },
);

test("signed-out programs get 401; browsers are redirected to sign-in", async () => {
  expect((await visit("/api/clerk/syncUsers")).status).toBe(401);
  const browser = await visit("/api/clerk/syncUsers", {
    Accept: "text/html",
    "Sec-Fetch-Dest": "empty",
  });
  expect(browser.status).toBe(302);
  expect(browser.headers.get("location")).toMatch(/^\/sign-in\?/);
});

test.each(["/dashboard", "/courses", "/purchases", "/account"])(
  "%s is open to signed-in users",
  async (path) => {
    expect((await visit(path, cookieHeader(user.cookies))).status).toBe(200);
  },
);

test("the admin page and its data are 403 for users and open to admins", async () => {
  const page = await visit("/admin", cookieHeader(user.cookies));
  expect(page.status).toBe(403);
  expect(await page.text()).toContain("You don’t have access to this page");
  const data = await visit("/admin.data", cookieHeader(user.cookies));
  expect(data.status).toBe(403);
  expect((await visit("/admin", cookieHeader(admin.cookies))).status).toBe(200);
});

test("removing the role in D1 takes effect at the next request, regardless of the token's claim", async () => {
  const demoted = await createSignedInUser(platform, { role: "admin" });
  expect((await visit("/admin", cookieHeader(demoted.cookies))).status).toBe(200);
  await platform.db
    .prepare("update users set role = 'user' where clerk_user_id = ?")
    .bind(demoted.clerkUserId)
    .run();
  expect((await visit("/admin", cookieHeader(demoted.cookies))).status).toBe(403);
});

test("an unknown path is a 404 page", async () => {
  const response = await visit("/nothing/here");
  expect(response.status).toBe(404);
  expect(await response.text()).toContain("Page not found");
});

test("a rejected request contains no application data", async () => {
  const page = await visit("/admin", cookieHeader(user.cookies));
  expect(await page.text()).not.toContain("Ada Lovelace");
});
