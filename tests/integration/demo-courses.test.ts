import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { executeSql } from "../../scripts/database/execute-sql.ts";
import { readDemoCourses } from "../../scripts/database/read-demo-courses.ts";
import { seedDemoCourses } from "../../scripts/database/seed-demo-courses.ts";
import { freePort } from "../support/free-port.ts";
import { runCommand } from "../support/run-command.ts";

/** Order matters: each test continues with the state of the previous one. */
let state: string;
beforeAll(async () => {
  await mkdir("build", { recursive: true });
  state = await mkdtemp("build/demo-courses-");
});
afterAll(() => rm(state, { recursive: true }));

const target = () => ({ remote: false, state });
const query = (...statements: string[]) => executeSql(target(), ...statements);
const seed = () => runCommand("scripts/seed.ts", ["--state", state]);

async function reset(folder: string, port?: number) {
  const ports = ["--port", `${port ?? (await freePort())}`, "--clerk-port", `${await freePort()}`];
  ports.push("--stripe-port", `${await freePort()}`);
  return runCommand("scripts/reset.ts", [...ports, "--state", folder]);
}

const courseList = "select slug, title, status from courses order by published_at desc";
const lessonList = `select lessons.course_id, sections.title as section, lessons.slug, lessons.status, lessons.body
  from lessons join sections on sections.id = lessons.section_id and sections.course_id = lessons.course_id
  join courses on courses.id = lessons.course_id
  order by courses.published_at desc, sections.position, lessons.position`;

const output = (text: string) => ({ code: 0, output: expect.stringContaining(text) });
const rejected = (text: string) => ({ code: 1, output: expect.stringContaining(text) });

test("on a new machine, all courses are published in order with the content of their folders", async () => {
  expect(await seed()).toMatchObject(output("Demo courses added: 4."));
  const courses = await readDemoCourses();
  expect(await query(courseList)).toEqual(
    courses.map(({ slug, title }) => ({ slug, title, status: "published" })),
  );
  const lessons = courses.flatMap((course) =>
    course.sections.flatMap((section) =>
      section.lessons.map(({ slug, status, body }) => ({
        ...{ course_id: `demo-${course.slug}`, section: section.title },
        ...{ slug, status, body },
      })),
    ),
  );
  expect(await query(lessonList)).toEqual(lessons);
  const found = "select distinct row_id from search_words where word in ('sky', 'sheet')";
  expect(await query(found)).toHaveLength(2);
  const unrendered = "select text_id from rendered_texts where renderer = 0 or html is null";
  expect(await query(unrendered)).toEqual([]);
});

test("seeding again adds missing courses and keeps edited ones", async () => {
  await query(
    "update courses set title = 'Edited' where slug = 'reading-a-balance-sheet'",
    "delete from lessons where id = 'demo-reading-a-balance-sheet-why-both-sides-agree'",
    "delete from lessons where course_id in ('demo-how-the-night-sky-moves', 'demo-writing-that-is-read')",
    "delete from sections where course_id in ('demo-how-the-night-sky-moves', 'demo-writing-that-is-read')",
    "delete from courses where id = 'demo-how-the-night-sky-moves'",
    "update courses set id = 'own' where id = 'demo-writing-that-is-read'",
  );
  expect(await seedDemoCourses(target(), { onlyIfEmpty: true })).toBe(0);
  expect(await seed()).toMatchObject(output("Demo courses added: 1. The others already existed."));
  expect(await seed()).toMatchObject(output("nothing was changed"));
  const count = "select c.id, c.title, count(l.id) as lessons from courses c left join lessons l";
  expect(await query(`${count} on l.course_id = c.id group by c.id order by c.id`)).toEqual([
    { id: "demo-how-the-night-sky-moves", title: "How the night sky moves", lessons: 6 },
    { id: "demo-reading-a-balance-sheet", title: "Edited", lessons: 5 },
    { id: "demo-sql-from-the-first-select", title: "SQL from the first SELECT", lessons: 8 },
    { id: "own", title: "Writing that is read", lessons: 0 },
  ]);
});

test("reset deletes nothing while the site is running or in an unrelated folder", async () => {
  const port = await freePort();
  const site = createServer().listen(port, "127.0.0.1");
  await once(site, "listening");
  expect(await reset(state, port)).toMatchObject(rejected(`Port ${port} (the site) is in use`));
  site.close();
  await writeFile(`${state}/notes.txt`, "mine");
  expect(await reset(state)).toMatchObject(rejected("contains notes.txt. Nothing was deleted."));
  expect((await readdir(state)).sort()).toEqual(["notes.txt", "v3"]);
  await rm(`${state}/notes.txt`);
  await mkdir(`${state}/other/v3/pages`, { recursive: true });
  expect(await reset(`${state}/other`)).toMatchObject(rejected("has no v3/d1 folder"));
  expect(await readdir(`${state}/other`)).toEqual(["v3"]);
  await rm(`${state}/other`, { recursive: true });
  expect(await query("select id from courses where title = 'Edited'")).toHaveLength(1);
});

test("reset restores the initial state of D1, KV and the local Clerk", async () => {
  await writeFile(`${state}/local-clerk.sqlite`, "people");
  await mkdir(`${state}/v3/kv`, { recursive: true });
  expect(await reset(state)).toMatchObject(
    output("The local site has been reset. Demo courses added: 4."),
  );
  expect(await readdir(state)).toEqual(["v3"]);
  expect(await readdir(`${state}/v3`)).not.toContain("kv");
  const titles = (await readDemoCourses()).map(({ title }) => ({ title }));
  expect(await query("select title from courses order by published_at desc")).toEqual(titles);
});
