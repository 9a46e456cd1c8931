import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";
import { countingModules, sumOf, takeCounters } from "../../bench/counting.ts";
import { type ConsoleUser, consoleUser } from "../support/admin-console.ts";
import { insertCourse } from "../support/courses.ts";
import { type Platform, startPlatform } from "../support/platform.ts";

let platform: Platform;
let ada: ConsoleUser;
let grace: ConsoleUser;
let course: Awaited<ReturnType<typeof insertCourse>>;
beforeAll(async () => {
  platform = await startPlatform({}, { modules: await countingModules() });
  ada = await consoleUser(platform, "admin");
});
afterAll(() => platform.close());
beforeEach(async () => {
  grace = await consoleUser(platform, "user");
  course = await insertCourse(platform, { title: "Reading maps" });
  await grace.post(`${course.path}?index`, { intent: "enroll" });
});

const cachedSchema = z.looseObject({ recent: z.looseObject({}) });
const key = () => `user:v2:${grace.clerkUserId}`;

/** The dashboard as text, and how many statements it cost. */
async function dashboard() {
  await takeCounters(platform.origin);
  const html = await (await grace.visit("/dashboard")).text();
  const statements = sumOf(await takeCounters(platform.origin), "count");
  return { text: html.replaceAll("<!-- -->", ""), statements };
}

describe("what changes somebody's learning is on their dashboard at once, without D1:", () => {
  const shows = async (expected: string) => {
    const { text, statements } = await dashboard();
    expect(text).toContain(expected);
    expect(statements).toBe(0);
  };

  test("a lesson that is done, and one that is not after all", async () => {
    await grace.post(`${course.path}/lessons/lesson-1`, { intent: "mark-done" });
    await shows("1 of 3 lessons");
    await grace.post(`${course.path}/lessons/lesson-1`, { intent: "mark-open" });
    await shows("0 of 3 lessons");
  });

  test("an admin who closes the course, and opens it again", async () => {
    const people = `/admin/courses/${course.id}/people`;
    await ada.post(people, { intent: "revoke", userId: grace.id });
    await shows("No course started yet");
    await ada.post(people, { intent: "enroll", who: grace.id });
    await shows("Reading maps");
  });

  test("a purchase that is paid, and refunded", async () => {
    const priced = await insertCourse(platform, { title: "Sailing", priceMinor: 2900 });
    const order = { intent: "order", priceMinor: "2900", currency: "EUR" };
    const ordered = await grace.post(`${priced.path}?index`, order);
    const purchaseId = ordered.headers.get("location")?.split("/").at(-1) ?? "";
    await ada.post("/admin/purchases", { purchaseId, settlement: "paid" });
    await shows("Sailing");
    await ada.post("/admin/purchases", { purchaseId, settlement: "refunded" });
    expect((await dashboard()).text).not.toContain("Sailing");
  });
});

describe("where a newer write to KV was overtaken by an older one,", () => {
  /** What stands in KV afterwards: the record and the courses as they were before. */
  async function overtake(ageMs: number): Promise<void> {
    await dashboard();
    const old = cachedSchema.parse(await platform.kv.get(key(), "json"));
    await grace.post(`${course.path}/lessons/lesson-1`, { intent: "mark-done" });
    const recent = { ...old.recent, readAt: Date.now() - ageMs };
    await platform.kv.put(key(), JSON.stringify({ ...old, name: "Her old name", recent }));
  }

  test("the old courses are shown for less than a minute", async () => {
    await overtake(50_000);
    expect((await dashboard()).text).toContain("0 of 3 lessons");
  });

  test("then D1 is asked, and KV has record and courses as they are", async () => {
    await overtake(61_000);
    const { text, statements } = await dashboard();
    expect(text).toContain("1 of 3 lessons");
    expect(statements).toBe(2);
    await expect
      .poll(() => platform.kv.get(key(), "json"))
      .toMatchObject({ name: "Ada Lovelace", recent: { courses: [{ done: 1, total: 3 }] } });
  });
});

test("a change that Clerk tells of leaves no old courses behind", async () => {
  await dashboard();
  await platform.clerk.updateUser(grace.clerkUserId, { lastName: "Hopper" });
  await platform.clerk.waitForIdle();
  const { text } = await dashboard();
  expect(text).toContain("Ada Hopper");
  expect(text).toContain("0 of 3 lessons");
});
