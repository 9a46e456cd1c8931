import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { maxRowsRead } from "../../app/db/search/search-limits.ts";
import { countingModules, sumOf, takeCounters } from "../../bench/counting.ts";
import { type ConsoleUser, consoleUser, readList } from "../support/admin-console.ts";
import { open, send } from "../support/course-console.ts";
import { insertCourse } from "../support/courses.ts";
import { usePlatform } from "../support/fixtures.ts";
import { clerkUnreachable } from "../support/platform.ts";
import { expectedMatches, expectPages, fillWords, tooMany } from "../support/search.ts";

const platform = await usePlatform(clerkUnreachable, { modules: await countingModules() });

const names = [
  "Grace Hopper",
  "Grace Kelly",
  "Élodie Straße",
  "Grace Hill",
  "Grace Abbott",
  "Élodie Weiß",
];
const wordsOfNames = [
  ["grace", "hopper"],
  ["grace", "kelly"],
  ["elodie", "strasse"],
  ["grace", "hill"],
  ["grace", "abbott"],
  ["elodie", "weiss"],
];

/** More people with a common word than a search looks at. */
const people = Array.from({ length: 3_000 }, (_, i) => {
  const id = `learner-${(i * 37) % 3_000}`;
  const number = `n${`${i}`.padStart(4, "0")}`;
  const email = `${number}@members.example.com`;
  const words = [...(wordsOfNames[i % 6] ?? []), number, "members", "example", "com"];
  return { id, index: i, name: `${names[i % 6]} ${number}`, email, words, deleted: i % 50 === 7 };
});
const found = people.filter(({ deleted }) => !deleted);

/** Courses with everyone, with fewer learners than a search looks at, and with none. */
const everyNth = [1, 11, 100, null];
const courses: { path: string; size: number; hasLearner: (index: number) => boolean }[] = [];
let ada: ConsoleUser;

beforeAll(async () => {
  ada = await consoleUser(platform, "admin");
  const { db } = platform;
  await db
    .prepare(
      `insert into users (id, clerk_user_id, name, email, role, metadata_pending, created_at, deleted_at, clerk_updated_at, updated_at)
       select value ->> 'id', 'user_' || (value ->> 'id'), value ->> 'name', value ->> 'email', 'user', 0, 1, iif(value ->> 'deleted', 1, null), 1, 1
       from json_each(?)`,
    )
    .bind(JSON.stringify(people))
    .run();
  for (const step of everyNth) {
    const { id } = await insertCourse(platform);
    const hasLearner = (index: number) => step !== null && index % step === 0;
    const learners = people.filter(({ index }) => hasLearner(index));
    await db
      .prepare(
        `insert into enrollments (user_id, course_id, source, enrolled_at, revoked_at, revoked_because)
         select value ->> 'id', ?, 'free', value ->> 'index', iif(key % 5, null, 9), iif(key % 5, null, 'admin') from json_each(?)`,
      )
      .bind(id, JSON.stringify(learners))
      .run();
    courses.push({ path: `/admin/courses/${id}/people`, size: learners.length, hasLearner });
  }
  await fillWords(platform);
});

const read = async (path: string) => {
  const { status, html } = await open(ada, path);
  expect(status).toBe(200);
  return { ...readList(html), html };
};

const typedWords = fc.constantFrom<[string, string]>(
  ...["gra", "hop", "kelly", "e", "n", "n0", "n00", "n27", "zzz"].map((word): [string, string] => [
    word,
    word,
  ]),
  ["GRÄCE", "grace"],
  ["Straß", "strass"],
);

const searches = fc.record({
  typed: fc.array(typedWords, { minLength: 1, maxLength: 3 }),
  course: fc.nat({ max: everyNth.length - 1 }),
});

test("a search of a course's learners finds what a naive one finds, page by page", async () => {
  const outcomes = { found: 0, nothing: 0, tooMany: 0 };
  await fc.assert(
    fc.asyncProperty(searches, async ({ typed, course: number }) => {
      const course = courses[number];
      if (!course) throw new Error("No such course");
      const terms = typed.map(([, word]) => word);
      const ids = expectedMatches(
        found,
        terms,
        false,
        ({ index }) => course.hasLearner(index),
        course.size,
      );
      const q = typed.map(([text]) => text).join(" ");
      const path = `${course.path}?${new URLSearchParams({ q })}`;
      await takeCounters(platform.origin);
      const { html } = await read(path);
      const rowsRead = sumOf(await takeCounters(platform.origin), "rowsRead");
      expect(rowsRead, q).toBeLessThan(maxRowsRead);
      expect(html.includes(tooMany)).toBe(ids === tooMany);
      outcomes[ids === tooMany ? "tooMany" : ids.length > 0 ? "found" : "nothing"]++;
      if (ids !== tooMany) await expectPages(read, path, ids);
    }),
    {
      numRuns: 30,
      examples: [
        ...[0, 1].map((course): [{ typed: [string, string][]; course: number }] => [
          { typed: ["n", "exa", "com", "mem", "gra"].map((text) => [text, text]), course },
        ]),
        [{ typed: [["n00", "n00"]], course: 1 }],
        [{ typed: [["gra", "gra"]], course: 0 }],
        [{ typed: [["gra", "gra"]], course: 1 }],
        [{ typed: [["hop", "hop"]], course: 0 }],
        [{ typed: [["hop", "hop"]], course: 3 }],
      ],
    },
  );
  expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(0);
});

test("a learner is found by either id, in their own courses only, unless deleted", async () => {
  const [everyone, tenth] = courses.map(({ path }) => path);
  const idOf = (index: number) => people[index]?.id ?? "";
  for (const q of [idOf(12), `user_${idOf(12)}`]) {
    expect((await read(`${everyone}?q=${q}`)).ids).toEqual([idOf(12)]);
    expect((await read(`${tenth}?q=${q}`)).ids).toEqual([]);
  }
  expect((await read(`${everyone}?q=${idOf(57)}`)).ids).toEqual([]);
});

test("a search can be shared, exported and acted on, and says when nobody matches", async () => {
  const [, , hundredth, nobody] = courses.map(({ path }) => path);
  const path = `${hundredth}?q=grace+n1`;
  const { ids, html } = await read(path);
  expect(ids.length).toBeGreaterThan(1);
  expect(html).toContain('value="grace n1"');
  const csv = await (await ada.visit(`${hundredth}.csv?q=grace+n1`)).text();
  const lines = csv.trim().split("\r\n").slice(1);
  expect(lines.map((line) => line.split('","')[2])).toEqual(ids);
  expect(
    (await (await ada.visit(`${courses[0]?.path}.csv?q=grace`)).text()).split("\r\n"),
  ).toHaveLength(2);

  const [userId = ""] = ids;
  const revoked = await send(ada, path, { intent: "revoke", userId });
  expect(revoked.location).toBe(`${path}&revoked=${userId}`);
  const again = await send(ada, revoked.location ?? "", { intent: "enroll-again", who: userId });
  expect(again.location).toBe(`${path}&enrolled=${userId}`);
  const added = await send(ada, path, { intent: "enroll", who: people[3]?.id ?? "" });
  expect(added.location).toBe(`${hundredth}?enrolled=${people[3]?.id}`);

  expect((await read(`${hundredth}?q=zzz`)).html).toContain("No learners match “zzz”.");
  expect((await read(`${hundredth}?q=zzz`)).html).toContain(`href="${hundredth}"`);
  expect((await read(nobody ?? "")).html).toContain("No learners yet.");
});
