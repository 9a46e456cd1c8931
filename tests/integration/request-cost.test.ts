import { beforeAll, beforeEach, expect, test } from "vitest";
import * as z from "zod";
import { countingModules, sumOf, takeCounters } from "../../bench/counting.ts";
import { type ConsoleUser, consoleUser } from "../support/admin-console.ts";
import { insertCourse } from "../support/courses.ts";
import { eventually } from "../support/eventually.ts";
import { usePlatform } from "../support/fixtures.ts";
import { waitForPushes } from "../support/metadata-pushes.ts";
import { cookieHeader } from "../support/signed-in-user.ts";

const platform = await usePlatform({}, { modules: await countingModules() });
let course: Awaited<ReturnType<typeof insertCourse>>;
let grace: ConsoleUser;
beforeAll(async () => {
  course = await insertCourse(platform);
});
beforeEach(async () => {
  grace = await consoleUser(platform, "user");
  await waitForPushes(platform);
});

/** The cost of a request with the given cookies. */
async function costOf(path: string, cookies: Record<string, string>) {
  await takeCounters(platform.origin);
  const response = await fetch(platform.origin + path, { headers: cookieHeader(cookies) });
  expect(response.status).toBe(200);
  await response.text();
  const counters = await takeCounters(platform.origin);
  const { calls, verifications } = counters;
  return {
    statements: sumOf(counters, "count"),
    kvReads: calls["KV get"]?.count ?? 0,
    fetches: calls.fetch?.count ?? 0,
    tokensVerified: verifications["RSASSA-PKCS1-v1_5"] ?? 0,
  };
}

const nothing = { statements: 0, kvReads: 0, fetches: 0, tokensVerified: 0 };

/** Pages verify a new token again, in `rootAuthLoader`. */
test.each<[string, { tokensVerified: number }]>([
  ["/dashboard", { tokensVerified: 2 }],
  ["/dashboard.data", { tokensVerified: 2 }],
  ["/api/me", { tokensVerified: 1 }],
])("%s costs one KV read, and verifies only new tokens", async (path, { tokensVerified }) => {
  // Writes the user and courses to KV and clears this isolate's cache.
  await grace.post(`${course.path}?index`, { intent: "enroll" });
  const { clerk, origin: appOrigin } = platform;
  const { cookies } = await clerk.createSession({ userId: grace.clerkUserId, appOrigin });
  expect(await costOf(path, cookies)).toEqual({ ...nothing, kvReads: 1, tokensVerified });
  expect(await costOf(path, cookies)).toEqual(nothing);
  const renewed = await clerk.createSession({ userId: grace.clerkUserId, appOrigin });
  expect(await costOf(path, renewed.cookies)).toEqual({ ...nothing, tokensVerified });
});

test.each(["", "/lessons/lesson-1"])(
  "a burst of signed-out visits to a course%s reads D1 once, and shows a change at once",
  async (subpage) => {
    const { id, path } = await insertCourse(platform);
    const admin = await consoleUser(platform, "admin");
    await waitForPushes(platform);
    await costOf(path + subpage, {});
    expect(await costOf(path + subpage, {})).toEqual(nothing);
    await admin.post(`/admin/courses/${id}?index`, { status: "draft", version: "1" });
    expect((await fetch(platform.origin + path + subpage)).status).toBe(404);
  },
);

test("a burst of visits to a later page of the catalog reads D1 once", async () => {
  await costOf("/?after=0", {});
  expect(await costOf("/?after=0", {})).toEqual(nothing);
});

test("a request rejected before authentication costs nothing", async () => {
  const headers = { Cookie: "__session=x" };
  await eventually(async () => {
    await takeCounters(platform.origin);
    expect((await fetch(`${platform.origin}/api/me`, { headers })).status).toBe(401);
    const counters = await takeCounters(platform.origin);
    expect([sumOf(counters, "count"), counters.calls]).toEqual([0, {}]);
  });
});

test("a deletion written to KV by another isolate takes effect within ten seconds", async () => {
  expect((await grace.visit("/api/me")).status).toBe(200);
  const key = `user:v3:${grace.clerkUserId}`;
  const record = z.looseObject({}).parse(await platform.kv.get(key, "json"));
  const deletedAt = Date.now();
  const { db } = platform;
  await db.prepare("update users set deleted_at = ? where id = ?").bind(deletedAt, grace.id).run();
  await platform.kv.put(key, JSON.stringify({ ...record, deletedAt }));
  const writtenAt = performance.now();
  let lastSignedIn = writtenAt;
  await eventually(async () => {
    const requestedAt = performance.now();
    const { status } = await grace.visit("/api/me");
    if (status === 200) lastSignedIn = requestedAt;
    expect(status).toBe(410);
  });
  expect(lastSignedIn - writtenAt).toBeLessThanOrEqual(10_000);
});
