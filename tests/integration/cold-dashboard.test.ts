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
  await platform.kv.delete(`user:v3:${grace.clerkUserId}`);
});

/** The D1 and KV usage of a request. */
async function costOf(path: string) {
  await takeCounters(platform.origin);
  await (await grace.visit(path)).text();
  const key = `user:v3:${grace.clerkUserId}`;
  await expect.poll(() => platform.kv.get(key)).not.toBeNull();
  const counters = await takeCounters(platform.origin);
  return {
    statements: sumOf(counters, "count"),
    rowsRead: sumOf(counters, "rowsRead"),
    kvPuts: counters.calls["KV put"]?.count ?? 0,
  };
}

test("with an empty cache, the dashboard needs two D1 queries and one KV write", async () => {
  const { rowsRead, ...cost } = await costOf("/dashboard");
  expect(cost).toEqual({ statements: 2, kvPuts: 1 });
  // 15 lessons in 6 sections: reading every lesson twice would exceed the limit.
  expect(rowsRead).toBeLessThan(45);
});

test("with an empty cache, any other page writes the user to KV", async () => {
  expect(await costOf("/account")).toMatchObject({ statements: 1, kvPuts: 1 });
});
