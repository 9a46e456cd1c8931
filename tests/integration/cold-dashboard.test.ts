import { beforeAll, beforeEach, expect, test } from "vitest";
import { countingModules, sumOf, takeCounters } from "../../bench/counting.ts";
import { type ConsoleUser, consoleUser } from "../support/admin-console.ts";
import { insertCourse } from "../support/courses.ts";
import { usePlatform } from "../support/fixtures.ts";

const platform = await usePlatform({}, { modules: await countingModules() });
let grace: ConsoleUser;
beforeAll(async () => {
  for (const title of ["Reading maps", "Sailing", "Knots"]) {
    await insertCourse(platform, {
      title,
      sections: [
        ["preview", "public", "private"],
        ["public", "public"],
      ],
    });
  }
});
beforeEach(async () => {
  grace = await consoleUser(platform, "user");
  await platform.db
    .prepare("insert into enrollments select ?, id, 'free', 1700000000000, null, null from courses")
    .bind(grace.id)
    .run();
  await platform.kv.delete(`user:v2:${grace.clerkUserId}`);
});

/** What a visit reads and writes. */
async function costOf(path: string) {
  await takeCounters(platform.origin);
  await (await grace.visit(path)).text();
  const key = `user:v2:${grace.clerkUserId}`;
  await expect.poll(() => platform.kv.get(key)).not.toBeNull();
  const counters = await takeCounters(platform.origin);
  return {
    statements: sumOf(counters, "count"),
    rowsRead: sumOf(counters, "rowsRead"),
    kvPuts: counters.calls["KV put"]?.count ?? 0,
  };
}

test("with nothing cached the dashboard asks D1 for the person and for the courses, each lesson once, and writes to KV once", async () => {
  const { rowsRead, ...cost } = await costOf("/dashboard");
  expect(cost).toEqual({ statements: 2, kvPuts: 1 });
  // Fifteen lessons in six sections; a second look at each lesson would be over it.
  expect(rowsRead).toBeLessThan(45);
});

test("any other page with nothing cached keeps the record in KV", async () => {
  expect(await costOf("/account")).toMatchObject({ statements: 1, kvPuts: 1 });
});
