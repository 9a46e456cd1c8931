import { consoleUser, insertManyUsers } from "../../tests/support/admin-console.ts";
import { insertManyCourses } from "../../tests/support/many-courses.ts";
import { type Platform, startPlatform } from "../../tests/support/platform.ts";
import { countingModules, sumOf, takeCounters } from "../counting.ts";

export type Site = Awaited<ReturnType<typeof startSite>>;

export interface Visit {
  ms: number;
  d1Ms: number;
}

export const coursesOf = (people: number) => Math.min(people, 10_000);
export const purchasesOf = (people: number) => Math.min(people, 100_000);

/**
 * Paid purchases of the first users, one each, with the words of their references. A tenth needs
 * attention.
 */
async function insertManyPurchases({ db }: Pick<Platform, "db">, people: number): Promise<void> {
  const count = purchasesOf(people);
  for (let from = 0; from < count; from += 10_000) {
    const numbers = `with recursive n(i) as (select ${from} union all select i + 1 from n where i + 1 < ${Math.min(count, from + 10_000)})`;
    await db.batch([
      db.prepare(
        `${numbers} insert into purchases (id, user_id, course_id, price_minor, currency, snapshot, status, provider, provider_reference, created_at, attention)
         select printf('bought-%07d', i), printf('person-%07d', i), printf('c-%06d', 1 + i % ${coursesOf(people)}), 1000, 'EUR',
           json_object('slug', 'course', 'title', 'Course', 'summary', '', 'cover', 'grid', 'lessons', 3),
           'paid', 'pay-later', printf('CP-%010d', i), 1700000000000 + i * 60000, iif(i % 10 = 0, 1 + i % 20 / 10, 0) from n`,
      ),
      db.prepare(
        `${numbers} insert or ignore into search_words (kind, row_id, word, source)
         select 'purchase', printf('bought-%07d', i), word.value, 'reference' from n,
           json_each(json_array('cp', printf('%010d', i), printf('cp%010d', i))) word`,
      ),
    ]);
  }
}

/**
 * Enrolls all users in the first course and 200 in the second; each has done one lesson of three.
 */
async function insertManyLearners({ db }: Pick<Platform, "db">, people: number): Promise<void> {
  for (let from = 0; from < people; from += 50_000) {
    const numbers = `with recursive n(i) as (select ${from} union all select i + 1 from n where i + 1 < ${Math.min(people, from + 50_000)})`;
    await db.batch([
      db.prepare(
        `${numbers} insert into enrollments (user_id, course_id, source, enrolled_at)
         select printf('person-%07d', i), printf('c-%06d', course.value), 'free', 1700000000000 + i
         from n join json_each('[1, 2]') course on course.value = 1 or (i < 1000 and i % 5 = 0)`,
      ),
      db.prepare(
        `${numbers} insert into lesson_completions (user_id, lesson_id, course_id, completed_at)
         select printf('person-%07d', i), 'l-000001-0', 'c-000001', 1700000000000 + i from n`,
      ),
    ]);
  }
}

/** Starts a site with the given number of users and webhook deliveries, and an admin. */
export async function startSite(people: number) {
  const platform = await startPlatform({}, { modules: await countingModules() });
  const { db, origin } = platform;
  const admin = await consoleUser(platform, "admin");
  await insertManyUsers(platform, people);
  await insertManyCourses(platform, coursesOf(people), admin.id);
  await insertManyPurchases(platform, people);
  await insertManyLearners(platform, people);
  for (let from = 0; from < people; from += 100_000) {
    const to = Math.min(people, from + 100_000);
    await db
      .prepare(
        `with recursive n(i) as (select ${from} union all select i + 1 from n where i + 1 < ${to})
         insert into webhook_deliveries (svix_id, type, clerk_user_id, outcome, first_received_at, last_received_at)
         select printf('msg-%07d', i), iif(i % 3, 'user.updated', 'user.created'), printf('user_person_%07d', i),
           iif(i % 1000 = 1, 'rejected', iif(i % 10 = 2, 'stale', 'applied')), 1, ${Date.now()} - i from n`,
      )
      .run();
  }
  const fetchPage = async (path: string) => {
    const response = await admin.visit(path);
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${path} responded with ${response.status}`);
    return text;
  };
  return {
    read: fetchPage,
    async visit(path: string): Promise<Visit> {
      await takeCounters(origin);
      const before = performance.now();
      await fetchPage(path);
      const ms = performance.now() - before;
      return { ms, d1Ms: (await takeCounters(origin)).calls.D1?.ms ?? 0 };
    },
    async cost(path: string) {
      await takeCounters(origin);
      await fetchPage(path);
      const counters = await takeCounters(origin);
      return { statements: sumOf(counters, "count"), rowsRead: sumOf(counters, "rowsRead") };
    },
    /** Visits the overview without its cached figures. */
    async recount(): Promise<Visit> {
      await platform.kv.delete("admin-figures:v2");
      return this.visit("/admin");
    },
    close: platform.close,
  };
}
