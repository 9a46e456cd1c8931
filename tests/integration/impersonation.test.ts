import { beforeAll, describe, expect, test } from "vitest";
import { type ConsoleUser, consoleUser } from "../support/admin-console.ts";
import { readBuiltRoutes } from "../support/built-routes.ts";
import { insertCourse } from "../support/courses.ts";
import { usePlatform } from "../support/fixtures.ts";
import { insertPurchase } from "../support/purchases.ts";
import { cookieHeader, lastingClaims, withToken } from "../support/signed-in-user.ts";
import { validForms } from "../support/valid-forms.ts";

const platform = await usePlatform();
const act = { iss: "https://dashboard.clerk.com", sub: "user_support" };
let admin: ConsoleUser;
beforeAll(async () => {
  admin = await consoleUser(platform, "admin");
});

/** Sends requests as a person who is signed in as the user. */
async function impersonate(user: ConsoleUser, claim: unknown = act) {
  const { sessionId } = user;
  const claims = { ...lastingClaims(), act: JSON.parse(JSON.stringify(claim)) };
  const token = await platform.clerk.mintSessionToken({ sessionId, azp: platform.origin, claims });
  const headers = {
    ...cookieHeader(withToken(user.cookies, token)),
    Accept: "text/html",
    Origin: platform.origin,
  };
  const visit = (path: string, init: RequestInit = {}) =>
    fetch(platform.origin + path, { redirect: "manual", headers, ...init });
  const post = (path: string, fields: Record<string, string>) =>
    visit(path, { method: "POST", body: new URLSearchParams(fields) });
  return { visit, post, token };
}

const refusal = "Not while you are signed in as another user";

test("is refused on everything under /admin, for reads and writes", async () => {
  const { visit, post } = await impersonate(admin);
  const course = await insertCourse(platform);
  const routes = await readBuiltRoutes();
  const adminRoutes = routes.filter(({ path }) => path.startsWith("/admin"));
  expect(adminRoutes.length).toBeGreaterThan(10);
  for (const { path, kind, methods } of adminRoutes) {
    const url = path.replace(":courseId", course.id).replaceAll(/:\w+/g, admin.id);
    const response = await visit(url);
    expect(response.status, path).toBe(methods.includes("GET") ? 403 : response.status);
    expect((await post(url, { intent: "none" })).status, path).toBe(403);
    if (kind === "page") expect(await response.text(), path).toContain(refusal);
    expect((await visit(`${url}.data`)).status, path).toBe(403);
  }
});

test("cannot order or cancel an order, but the page says why", async () => {
  const user = await consoleUser(platform, "user");
  const { post } = await impersonate(user);
  const course = await insertCourse(platform, { priceMinor: 2_900 });
  const order = { intent: "order", priceMinor: "2900", currency: "EUR", consent: "on" };
  const purchaseId = await insertPurchase(platform, { userId: user.id, courseId: course.id });
  for (const [path, fields] of [
    [course.path, order],
    [`/purchases/${purchaseId}`, { intent: "cancel" }],
  ] as const) {
    const response = await post(path, fields);
    expect(response.status).toBe(403);
    expect(await response.text()).toContain(refusal);
  }
  const { results } = await platform.db.prepare("select id, status from purchases").all();
  expect(results).toEqual([{ id: purchaseId, status: "pending" }]);
});

test("no form of the console changes anything, and every audit entry names the actor", async () => {
  const user = await consoleUser(platform, "user");
  const forms = Object.values(await validForms(platform, user.id));
  const { post } = await impersonate(admin);
  const auditSize = () =>
    platform.db
      .prepare("select (select count(*) from course_changes) + (select count(*) from role_changes)")
      .first<number>();
  const before = await auditSize();
  for (const { path, fields } of forms.filter((form) => form.path.startsWith("/admin"))) {
    expect((await post(path, fields)).status, path).toBe(403);
  }
  expect(await auditSize()).toEqual(before);
  const course = await insertCourse(platform);
  expect((await post(course.path, { intent: "enroll" })).status).toBe(302);
  const entry = await platform.db
    .prepare("select action, detail, changed_by, user_id from course_changes where course_id = ?")
    .bind(course.id)
    .all();
  expect(entry.results).toEqual([
    {
      action: "person-enrolled",
      detail: "by user_support, signed in as this user",
      changed_by: admin.id,
      user_id: admin.id,
    },
  ]);
  expect(await (await admin.visit("/admin/audit")).text()).toContain("by user_support");
  // Once more changes nothing, so nothing is recorded.
  await post(course.path, { intent: "enroll" });
  const count = "select count(*) from course_changes where course_id = ?";
  expect(await platform.db.prepare(count).bind(course.id).first("count(*)")).toBe(1);
});

describe("a token whose claim `act` is", () => {
  test.each([
    ["a string", "user_x"],
    ["an array", []],
    ["empty", {}],
    ["false", false],
  ])("%s counts as impersonation", async (_, claim) => {
    const { visit } = await impersonate(admin, claim);
    expect((await visit("/admin")).status).toBe(403);
  });

  test("null does not", async () => {
    const { visit } = await impersonate(admin, null);
    expect((await visit("/admin")).status).toBe(200);
  });
});

test("is refused with a Bearer token, too", async () => {
  const { token } = await impersonate(admin);
  const headers = { Authorization: `Bearer ${token}` };
  const response = await fetch(`${platform.origin}/admin/audit.csv`, { headers });
  expect(response.status).toBe(403);
  const me = await fetch(`${platform.origin}/api/me`, { headers });
  expect(me.status).toBe(200);
});
