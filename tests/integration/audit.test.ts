import { beforeAll, expect, test } from "vitest";
import { type ConsoleUser, consoleUser, readList } from "../support/admin-console.ts";
import { insertCourse } from "../support/courses.ts";
import { usePlatform } from "../support/fixtures.ts";

const platform = await usePlatform();
let ada: ConsoleUser;
let grace: ConsoleUser;
beforeAll(async () => {
  ada = await consoleUser(platform, "admin");
  grace = await consoleUser(platform, "user");
  const { id } = await insertCourse(platform, { title: "Reading maps" });
  await platform.db.batch([
    platform.db
      .prepare(
        `with recursive n(i) as (select 0 union all select i + 1 from n where i < 59)
         insert into role_changes select printf('role-%03d', i), ?, ?, 'user', 'admin', printf('entry %03d.', i * 2), 1000 + i * 2 from n`,
      )
      .bind(ada.id, grace.id),
    platform.db
      .prepare(
        `with recursive n(i) as (select 0 union all select i + 1 from n where i < 59)
         insert into course_changes select printf('course-%03d', i), ?, ?, iif(i = 7, ?, null), 'lesson-edited', printf('entry %03d.', i * 2 + 1), 1001 + i * 2, null from n`,
      )
      .bind(ada.id, id, grace.id),
  ]);
});

const entriesOf = (html: string) =>
  [...html.matchAll(/entry (\d{3})\./g)].map(([, number]) => Number(number));

async function read(path: string) {
  const html = await (await ada.visit(path)).text();
  return { entries: [...new Set(entriesOf(html))], ...readList(html) };
}

test("role and course changes form one list that pages forward and back", async () => {
  const forwards: number[][] = [];
  let next: string | null = "/admin/audit";
  while (next) {
    const page = await read(next.startsWith("?") ? `/admin/audit${next}` : next);
    forwards.push(page.entries);
    next = page.next;
    if (!next) {
      const before = await read(
        page.previous?.startsWith("?") ? `/admin/audit${page.previous}` : (page.previous ?? ""),
      );
      expect(before.entries).toEqual(forwards.at(-2));
    }
  }
  expect(forwards.flat()).toEqual(Array.from({ length: 120 }, (_, index) => 119 - index));
  expect(forwards.map((page) => page.length)).toEqual([25, 25, 25, 25, 20]);
});

test("a user's entries include both kinds of changes", async () => {
  const { entries } = await read(`/admin/audit?person=${grace.id}`);
  expect(entries).toEqual(Array.from({ length: 25 }, (_, index) => 118 - index * 2));
  const csv = await (await ada.visit(`/admin/audit.csv?person=${grace.id}`)).text();
  expect(csv.match(/role-changed/g)).toHaveLength(60);
  expect(csv.match(/lesson-edited.*Reading maps/g)).toHaveLength(1);
});
