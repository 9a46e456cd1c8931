import { parse } from "node-html-parser";
import { beforeAll, describe, expect, test } from "vitest";
import { type ConsoleUser, consoleUser } from "../support/admin-console.ts";
import { changesOf, open, orderOf, send } from "../support/course-console.ts";
import { insertCourse } from "../support/courses.ts";
import { usePlatform } from "../support/fixtures.ts";

const platform = await usePlatform();
let ada: ConsoleUser;
let mary: ConsoleUser;
beforeAll(async () => {
  ada = await consoleUser(platform, "admin");
  mary = await consoleUser(platform, "admin");
});

const outlineOf = (id: string) => `/admin/courses/${id}/outline`;
const start = ["Section 1: Lesson 1, Lesson 2", "Section 2: Lesson 3"];

/** Creates a course and loads its move form. */
async function course() {
  const { id, lessons } = await insertCourse(platform);
  const { fields } = await open(ada, outlineOf(id), "moves");
  const version = fields.version ?? "";
  const [first = "", second = "", third = ""] = lessons.map((lesson) => lesson.id);
  return { id, version, first, second, third, sections: [`${id}-s0`, `${id}-s1`] as const };
}

describe("the order", () => {
  test("changes with the buttons, across sections too, and announces the new positions", async () => {
    const { id, first, second, third, sections } = await course();
    const press = async (move: string) => {
      const { fields } = await open(ada, outlineOf(id), "moves");
      const { location } = await send(ada, outlineOf(id), { ...fields, move });
      const { html } = await open(ada, location ?? "");
      return parse(html).querySelector("#outline-status")?.text;
    };
    expect(await press(`lesson:${second}:up`)).toBe("Lesson 2 is now 1 of 2 in Section 1.");
    expect(await orderOf(platform, id)).toEqual(["Section 1: Lesson 2, Lesson 1", start[1]]);
    expect(await press(`lesson:${first}:down`)).toBe("Lesson 1 is now 1 of 2 in Section 2.");
    expect(await press(`lesson:${third}:up`)).toBe("Lesson 3 is now 1 of 2 in Section 2.");
    expect(await press(`section:${sections[1]}:up`)).toBe("Section 2 is now section 1 of 2.");
    expect(await orderOf(platform, id)).toEqual([
      "Section 2: Lesson 3, Lesson 1",
      "Section 1: Lesson 2",
    ]);
    expect(await changesOf(platform, id)).toHaveLength(4);
    // Already first: nothing changes and nothing is recorded.
    expect(await press(`section:${sections[1]}:up`)).toBe("Section 2 is now section 1 of 2.");
    expect(await changesOf(platform, id)).toHaveLength(4);
  });

  test("changes once by drag and drop; the index does not count the lesson itself", async () => {
    const { id, version, first, sections } = await course();
    const form = { intent: "place-lesson", version, lessonId: first, index: "1" };
    const within = { ...form, sectionId: sections[0] };
    const responses = await Promise.all([1, 2].map(() => send(ada, outlineOf(id), within)));
    expect(responses.map(({ status }) => status)).toEqual([302, 302]);
    expect(await orderOf(platform, id)).toEqual(["Section 1: Lesson 2, Lesson 1", start[1]]);
    await send(ada, outlineOf(id), { ...form, version: "2", sectionId: sections[1], index: "0" });
    expect(await orderOf(platform, id)).toEqual([
      "Section 1: Lesson 2",
      "Section 2: Lesson 1, Lesson 3",
    ]);
    expect(await changesOf(platform, id)).toHaveLength(2);
  });

  test("is unchanged if another admin changed the course; the current order is shown", async () => {
    const { id, version, second, third } = await course();
    const move = (lesson: string) => ({ intent: "move", version, move: `lesson:${lesson}:up` });
    expect((await send(mary, outlineOf(id), move(second))).status).toBe(302);
    const late = await send(ada, outlineOf(id), move(third), "moves");
    expect(late.status).toBe(409);
    expect(late.html).toContain("your change was not saved. The page shows the current outline.");
    expect(late.html.indexOf(">Lesson 2<")).toBeLessThan(late.html.indexOf(">Lesson 1<"));
    expect(late.fields.version).toBe("2");
    expect(await changesOf(platform, id)).toMatchObject([{ changed_by: mary.id }]);
  });

  test("reports a conflict to one of two admins who move at the same time", async () => {
    const { id, version, second, third } = await course();
    const move = (lesson: string) => ({ intent: "move", version, move: `lesson:${lesson}:up` });
    const responses = await Promise.all([
      send(ada, outlineOf(id), move(second)),
      send(mary, outlineOf(id), move(third)),
    ]);
    expect(responses.map(({ status }) => status).sort()).toEqual([302, 409]);
    expect(await changesOf(platform, id)).toHaveLength(1);
  });

  test("rejects invalid forms", async () => {
    const { id, version, first } = await course();
    const invalid: Record<string, string>[] = [
      { intent: "move", version, move: `lesson:${first}:sideways` },
      { intent: "move", version: "x", move: `lesson:${first}:up` },
      { intent: "place-lesson", version, lessonId: first, sectionId: "s", index: "-1" },
      { intent: "none" },
    ];
    for (const fields of invalid) {
      expect((await send(ada, outlineOf(id), fields)).status, JSON.stringify(fields)).toBe(400);
    }
    expect(await orderOf(platform, id)).toEqual(start);
  });

  test("of 1,000 lessons is changed by one form", async () => {
    const { id, sections } = await course();
    await platform.db
      .prepare(
        `with recursive n(i) as (select 4 union all select i + 1 from n where i < 1000)
         insert into lessons (id, course_id, section_id, slug, title, body, duration_minutes, status, position, created_at, updated_at)
         select ? || '-l' || i, ?, ?, 'lesson-' || i, 'Lesson ' || i, '', 5, 'public', i, 1, 1 from n`,
      )
      .bind(id, id, sections[1])
      .run();
    const { html, fields } = await open(ada, outlineOf(id), "moves");
    expect(parse(html).querySelectorAll("form").length).toBeLessThan(5);
    const move = `lesson:${id}-l1000:up`;
    expect((await send(ada, outlineOf(id), { ...fields, move })).status).toBe(302);
    expect((await orderOf(platform, id)).at(-1)).toMatch(/ 998, Lesson 1000, Lesson 999$/);
  });
});
