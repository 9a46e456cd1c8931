import { parse } from "node-html-parser";
import { beforeAll, expect, test } from "vitest";
import {
  type ConsoleUser,
  consoleUser,
  insertManyUsers,
  readList,
} from "../support/admin-console.ts";
import { insertCourse } from "../support/courses.ts";
import { usePlatform } from "../support/fixtures.ts";
import { insertEnrollment, insertPurchase } from "../support/purchases.ts";
import { clerkEvent, postWebhook } from "../support/webhooks.ts";

const platform = await usePlatform({}, { withFaults: true });
let ada: ConsoleUser;
let grace: ConsoleUser;
beforeAll(async () => {
  ada = await consoleUser(platform, "admin");
  grace = await consoleUser(platform, "user");
  // The pushes to Clerk read D1, too.
  await platform.waitForQuiet();
});

const read = async (path: string) =>
  (await (await ada.visit(path)).text()).replaceAll("<!-- -->", "");

async function statements(path: string): Promise<number> {
  await platform.armFault(null);
  expect((await ada.visit(path)).status).toBe(200);
  const { steps } = await platform.readFaultReport();
  return steps.filter((step) => step.startsWith("D1.")).length;
}

const paths = () => [
  "/admin/users",
  "/admin/users?q=person&sort=name&role=user",
  `/admin/users/${grace.id}`,
  "/admin/sync",
  "/admin/audit",
  `/admin/audit?person=${grace.id}`,
];

test("pages need as many D1 queries for 3,000 users as for two", async () => {
  const few = [];
  for (const path of paths()) few.push(await statements(path));
  await insertManyUsers(platform, 3_000);
  const many = [];
  for (const path of paths()) many.push(await statements(path));
  expect(many).toEqual(few);
  // One query by the guard, up to two by the page.
  expect(Math.max(...few)).toBeLessThanOrEqual(3);
});

test("the overview counts at most every five minutes, and shows waiting orders at once", async () => {
  const figureOf = (html: string, label: string) => {
    const row = parse(html)
      .querySelectorAll("tr")
      .find((one) => one.querySelector("th")?.text === label);
    return row?.querySelectorAll("td").map(({ text }) => text);
  };
  const before = await read("/admin");
  expect(figureOf(before, "Enrollments")).toEqual(["0", "0", "0"]);
  const course = await insertCourse(platform, { priceMinor: 2_900, title: "Best of all" });
  const purchase = { userId: grace.id, courseId: course.id };
  await insertPurchase(platform, { ...purchase, status: "paid", priceMinor: 123_456 });
  const old = Date.now() - 40 * 86_400_000;
  await insertPurchase(platform, { ...purchase, status: "paid", createdAt: old });
  const refunded = await insertPurchase(platform, { ...purchase, status: "refunded" });
  await platform.db
    .prepare(
      `insert into refunds (id, purchase_id, amount_minor, currency, status, created_at, updated_at, checked_at)
       values ('refund', ?, 2900, 'EUR', 'succeeded', 1, 1, 1)`,
    )
    .bind(refunded)
    .run();
  await insertPurchase(platform, purchase);
  await insertEnrollment(platform, purchase);
  await grace.post(`${course.path}/lessons/lesson-1`, { intent: "mark-done" });
  const cached = await read("/admin");
  expect(cached).toContain("1 order</a>");
  expect(figureOf(cached, "Enrollments")).toEqual(["0", "0", "0"]);

  await platform.kv.delete("admin-figures:v2");
  const after = await read("/admin");
  expect(figureOf(after, "EUR")).toEqual(["€1,234.56", "€1,263.56"]);
  expect(figureOf(after, "Enrollments")).toEqual(["1", "1", "1"]);
  expect(figureOf(after, "Lessons completed")).toEqual(["1", "1", "1"]);
  expect(figureOf(after, "Active learners")).toEqual(["1", "1", "1"]);
  const live = "select count(*) n from users where deleted_at is null";
  const users = Number(figureOf(after, "New users")?.[2]?.replace(",", ""));
  expect(users).toBe(await platform.db.prepare(live).first("n"));
  expect(after).toMatch(/Best of all<\/a><span[^>]*>1 new learner</);
});

test("Sync now applies Clerk's data and pushes missing metadata", async () => {
  await platform.clerk.hold();
  await platform.clerk.updateUser(grace.clerkUserId, { firstName: "Augusta", publicMetadata: {} });
  const response = await ada.post(`/admin/users/${grace.id}`, { intent: "sync" });
  expect(response.headers.get("location")).toBe(`/admin/users/${grace.id}?synced`);
  expect(await read(`/admin/users/${grace.id}?synced`)).toContain("Augusta Lovelace");
  const { public_metadata } = await platform.clerk.getUser(grace.clerkUserId);
  expect(public_metadata).toMatchObject({ dbId: grace.id, role: "user" });
  await platform.clerk.release();
  await platform.clerk.waitForIdle();
});

test("Sync now reports that Clerk did not respond", async () => {
  const { steps } = await platform.armFault(null);
  expect(steps).toEqual([]);
  await ada.post(`/admin/users/${grace.id}`, { intent: "sync" });
  const requested = (await platform.readFaultReport()).steps.indexOf("Clerk.GET") + 1;
  await platform.armFault({ step: requested, mode: "fails" });
  const response = await ada.post(`/admin/users/${grace.id}`, { intent: "sync" });
  expect(response.status).toBe(503);
  expect(await response.text()).toContain("Clerk did not answer");
});

test("Sync now soft-deletes a user that no longer exists at Clerk", async () => {
  const person = await consoleUser(platform, "user");
  await platform.clerk.hold();
  await platform.clerk.deleteUser(person.clerkUserId);
  await ada.post(`/admin/users/${person.id}`, { intent: "sync" });
  const page = await read(`/admin/users/${person.id}`);
  expect(page).toContain(">deleted<");
  expect(page).not.toContain("Sync now");
  expect(page).not.toContain("change=role");
  await platform.clerk.release();
  await platform.clerk.waitForIdle();
});

test("the sync page shows a rejected delivery with its reason, and filters by outcome and event", async () => {
  const { origin } = platform;
  await postWebhook({ origin, svixId: "msg_bad", body: clerkEvent("user.updated", { id: 7 }) });
  await postWebhook({ origin, svixId: "msg_odd", body: clerkEvent("session.created", {}) });
  const rejected = await read("/admin/sync?outcome=rejected");
  expect(rejected).toContain("msg_bad");
  expect(rejected).not.toContain("msg_odd");
  expect(rejected).toMatch(/text-danger">[^<]+<\/span>/);
  const others = await read("/admin/sync?type=other");
  expect(others).toContain("msg_odd");
  expect(others).not.toContain("msg_bad");
  expect(await read("/admin/sync?type=user.updated&outcome=applied")).not.toContain("msg_bad");
});

test("paging through the deliveries shows each one once", async () => {
  const now = Date.now();
  await platform.db.exec(
    `with recursive n(i) as (select 0 union all select i + 1 from n where i < 79)
     insert into webhook_deliveries (svix_id, type, outcome, first_received_at, last_received_at)
     select printf('many-%03d', i), iif(i % 3, 'user.updated', 'email.created'), iif(i % 2, 'stale', 'ignored'), 1, ${now} - i / 7 from n`.replaceAll(
      "\n",
      " ",
    ),
  );
  for (const [query, count] of [
    ["outcome=stale", 40],
    ["outcome=ignored&type=other", 14],
  ] as const) {
    const seen: string[] = [];
    for (let path: string | null = `/admin/sync?${query}`; path; ) {
      const html = await read(path);
      seen.push(...[...html.matchAll(/>(many-\d{3})</g)].map(([, id = ""]) => id));
      path = readList(html).next;
    }
    expect(seen).toHaveLength(count);
    expect(new Set(seen).size).toBe(count);
  }
});

test("a run started on the sync page continues by itself and shows its report", async () => {
  expect((await ada.post("/admin/sync", { mode: "sideways" })).status).toBe(400);
  const response = await ada.post("/admin/sync", { mode: "dry-run" });
  expect(response.headers.get("location")).toBe("/admin/sync");
  await expect
    .poll(async () => await read("/admin/sync"))
    .toMatch(/Dry run<\/span><span[^>]*>(done|failed)/);
  expect(await read("/admin")).toContain("Dry run");
});

test("the audit shows who changed whom and why, and filters by user id or email", async () => {
  await ada.changeRole(grace.id, { to: "admin", seenRole: "user", reason: "to help" });
  const boole = await consoleUser(platform, "user");
  await ada.changeRole(boole.id, { to: "admin", seenRole: "user", reason: "another" });
  const email = await platform.db
    .prepare("select upper(email) e from users where id = ?")
    .bind(boole.id)
    .first("e");
  const all = await read("/admin/audit");
  expect(all).toContain("to help");
  expect(all).toContain("another");
  for (const person of [boole.id, email]) {
    const one = await read(`/admin/audit?person=${encodeURIComponent(`${person}`)}`);
    expect(one).toContain("another");
    expect(one).not.toContain("to help");
  }
  const byAda = await read(`/admin/audit?person=${ada.id}`);
  expect(byAda).toContain("another");
  expect(byAda).toContain("to help");
  expect(await read("/admin/audit?person=%25")).not.toContain("to help");
});

test("the cache has the new role before any request to Clerk", async () => {
  const { id } = await consoleUser(platform, "user");
  await platform.armFault(null);
  expect((await ada.changeRole(id, { to: "admin", seenRole: "user" })).status).toBe(302);
  await expect
    .poll(async () => (await platform.readFaultReport()).steps)
    .toEqual(expect.arrayContaining(["KV.put", "Clerk.GET"]));
  const { steps } = await platform.readFaultReport();
  expect(steps.indexOf("KV.put")).toBeLessThan(steps.indexOf("Clerk.GET"));
});

test("non-admins get 403 everywhere in the console", async () => {
  const boole = await consoleUser(platform, "user");
  for (const path of [
    "/admin",
    "/admin/users",
    `/admin/users/${grace.id}`,
    "/admin/sync",
    "/admin/audit",
    "/admin/audit.csv",
  ]) {
    expect((await boole.visit(path)).status, path).toBe(403);
  }
  expect((await boole.post("/admin/sync", { mode: "repair" })).status).toBe(403);
  expect((await boole.post(`/admin/users/${grace.id}`, { intent: "sync" })).status).toBe(403);
});
