import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";
import { countingModules, sumOf, takeCounters } from "../../bench/counting.ts";
import { type ConsoleUser, consoleUser } from "../support/admin-console.ts";
import { insertCourse } from "../support/courses.ts";
import { usePlatform } from "../support/fixtures.ts";
import { refundPurchase } from "../support/purchases.ts";
import { cookieHeader } from "../support/signed-in-user.ts";

const platform = await usePlatform({}, { modules: await countingModules() });
let ada: ConsoleUser;
let grace: ConsoleUser;
let course: Awaited<ReturnType<typeof insertCourse>>;
beforeAll(async () => {
  ada = await consoleUser(platform, "admin");
});
beforeEach(async () => {
  grace = await consoleUser(platform, "user");
  course = await insertCourse(platform, { title: "Reading maps" });
  await grace.post(`${course.path}?index`, { intent: "enroll" });
});

const cachedSchema = z.looseObject({ recent: z.looseObject({}) });
const key = () => `user:v3:${grace.clerkUserId}`;

/** The dashboard's text and cost. Sends the cookies of the earlier response, if any. */
async function dashboard(earlier?: Response) {
  await takeCounters(platform.origin);
  const set = earlier?.headers.getSetCookie().map((cookie) => cookie.split(";", 1).join("")) ?? [];
  const { Cookie } = cookieHeader(grace.cookies);
  const headers = { Cookie: [Cookie, ...set].join("; ") };
  const html = await (await grace.visit("/dashboard", { headers })).text();
  const counters = await takeCounters(platform.origin);
  return {
    text: html.replaceAll("<!-- -->", ""),
    statements: sumOf(counters, "count"),
    kvPuts: counters.calls["KV put"]?.count ?? 0,
  };
}

const mark = (intent: "mark-done" | "mark-open") =>
  grace.post(`${course.path}/lessons/lesson-1`, { intent });

test("marking a lesson writes nothing to KV and is shown immediately on this browser's dashboard", async () => {
  await dashboard();
  await takeCounters(platform.origin);
  const done = await mark("mark-done");
  expect((await takeCounters(platform.origin)).calls["KV put"]).toBeUndefined();
  expect(done.headers.getSetCookie()).toEqual([expect.stringContaining("Max-Age=300;")]);
  const afterwards = await dashboard(done);
  expect(afterwards.text).toContain("1 of 3 lessons");
  expect(afterwards).toMatchObject({ statements: 2, kvPuts: 0 });
  expect((await dashboard(await mark("mark-open"))).text).toContain("0 of 3 lessons");
});

test("the user and courses in KV expire after half an hour", async () => {
  await dashboard();
  const { keys } = await platform.kv.list({ prefix: key() });
  expect(keys).toHaveLength(1);
  const secondsLeft = (keys[0]?.expiration ?? Number.POSITIVE_INFINITY) - Date.now() / 1000;
  expect(secondsLeft).toBeLessThanOrEqual(1_801);
  expect(secondsLeft).toBeGreaterThan(1_700);
});

describe("the dashboard shows a change to the user's courses immediately, without D1:", () => {
  const shows = async (expected: string) => {
    const { text, statements } = await dashboard();
    expect(text).toContain(expected);
    expect(statements).toBe(0);
  };

  test("access revoked and granted again by an admin", async () => {
    const people = `/admin/courses/${course.id}/people`;
    await ada.post(people, { intent: "revoke", userId: grace.id });
    await shows("No courses yet");
    await ada.post(people, { intent: "enroll", who: grace.id });
    await shows("Reading maps");
  });

  test("a purchase paid and refunded", async () => {
    const priced = await insertCourse(platform, { title: "Sailing", priceMinor: 2900 });
    const order = { intent: "order", priceMinor: "2900", currency: "EUR", consent: "on" };
    const ordered = await grace.post(`${priced.path}?index`, order);
    const purchaseId = ordered.headers.get("location")?.split("/").at(-1) ?? "";
    await ada.post("/admin/purchases", { purchaseId, settlement: "paid" });
    await shows("Sailing");
    await refundPurchase(ada, purchaseId);
    expect((await dashboard()).text).not.toContain("Sailing");
  });
});

describe("another browser, whose cached copy in KV predates a marked lesson,", () => {
  /** Stores an old copy in KV; an admin's change clears the in-memory cache. */
  async function age(ageMs: number, record: object = {}): Promise<void> {
    const old = cachedSchema.parse(await platform.kv.get(key(), "json"));
    await mark("mark-done");
    const other = await insertCourse(platform);
    await ada.post(`/admin/courses/${other.id}/people`, { intent: "revoke", userId: grace.id });
    const recent = { ...old.recent, readAt: Date.now() - ageMs };
    await platform.kv.put(key(), JSON.stringify({ ...old, ...record, recent }));
  }

  test("shows the old courses for less than five minutes", async () => {
    await age(290_000);
    expect((await dashboard()).text).toContain("0 of 3 lessons");
  });

  test("then reads D1 without writing to KV", async () => {
    await age(301_000);
    const { text, ...cost } = await dashboard();
    expect(text).toContain("1 of 3 lessons");
    expect(cost).toEqual({ statements: 2, kvPuts: 0 });
  });

  test("then also updates an outdated user in KV", async () => {
    await age(301_000, { name: "Her old name", updatedAt: 1 });
    expect((await dashboard()).text).toContain("1 of 3 lessons");
    await expect
      .poll(() => platform.kv.get(key(), "json"))
      .toMatchObject({ name: "Ada Lovelace", recent: { courses: [{ done: 1, total: 3 }] } });
  });
});

test("a change from Clerk leaves no outdated courses in the cache", async () => {
  await dashboard();
  await platform.clerk.updateUser(grace.clerkUserId, { lastName: "Hopper" });
  await platform.clerk.waitForIdle();
  const { text } = await dashboard();
  expect(text).toContain("Ada Hopper");
  expect(text).toContain("0 of 3 lessons");
});
