import { beforeAll, describe, expect, test } from "vitest";
import { type ConsoleUser, consoleUser } from "../support/admin-console.ts";
import { changesOf, open, orderOf, rowOf, send } from "../support/course-console.ts";
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

describe("sections", () => {
  test("are added once by a plain form", async () => {
    const { id } = await insertCourse(platform, { sections: [] });
    const { fields } = await open(ada, outlineOf(id), "add-section-form");
    const form = { ...fields, title: " First  steps " };
    const responses = await Promise.all([1, 2].map(() => send(ada, outlineOf(id), form)));
    const name = `section:${fields.id}`;
    for (const { location } of responses) {
      expect(location).toBe(`${outlineOf(id)}?added=${encodeURIComponent(name)}#${name}`);
    }
    expect(await orderOf(platform, id)).toEqual(["First steps: "]);
    expect(await changesOf(platform, id)).toEqual([
      { action: "section-added", detail: "First steps", changed_by: ada.id, user_id: null },
    ]);
    const { html } = await open(ada, `${outlineOf(id)}?added=${name}`);
    expect(html).toContain("First steps was added.");
  });

  test("need a title; the form keeps its input", async () => {
    const { id } = await insertCourse(platform, { sections: [] });
    const { fields } = await open(ada, outlineOf(id), "add-section-form");
    for (const [title, error] of [
      ["", "Enter a title."],
      ["x".repeat(121), "Use at most 120 characters."],
    ] as const) {
      const response = await send(ada, outlineOf(id), { ...fields, title }, "add-section-form");
      expect([response.status, response.errors, response.fields.title]).toEqual([
        400,
        { title: error },
        title,
      ]);
    }
    expect(await changesOf(platform, id)).toEqual([]);
  });

  test("are renamed once, unless another admin changed the course", async () => {
    const { id, sections } = await course();
    const path = `${outlineOf(id)}?rename=${sections[1]}`;
    const { fields } = await open(ada, path, "rename-section-form");
    expect(fields.title).toBe("Section 2");
    const form = { ...fields, title: "Second" };
    const responses = await Promise.all([1, 2].map(() => send(ada, path, form)));
    expect(responses.map(({ status }) => status)).toEqual([302, 302]);
    const late = await send(mary, path, { ...fields, title: "Mary's" }, "rename-section-form");
    expect(late.status).toBe(409);
    expect(late.html).toContain("your change was not saved");
    expect(late.fields).toMatchObject({ title: "Mary's", version: "2" });
    expect(await changesOf(platform, id)).toMatchObject([
      { action: "section-renamed", detail: "Second", changed_by: ada.id },
    ]);
  });

  test("may have the same title", async () => {
    const { id, sections } = await course();
    const path = `${outlineOf(id)}?rename=${sections[1]}`;
    const { fields } = await open(ada, path, "rename-section-form");
    expect((await send(ada, path, { ...fields, title: "Section 1" })).status).toBe(302);
    expect(await changesOf(platform, id)).toMatchObject([
      { action: "section-renamed", detail: "Section 1" },
    ]);
  });

  test("of another course cannot be renamed, and nothing is recorded", async () => {
    const { id, sections } = await course();
    const other = await course();
    const path = `${outlineOf(id)}?rename=${sections[1]}`;
    const { fields } = await open(ada, path, "rename-section-form");
    const form = { ...fields, sectionId: other.sections[1], title: "Taken over" };
    expect((await send(ada, path, form)).status).toBe(409);
    expect(await orderOf(platform, other.id)).toEqual(start);
    expect(await changesOf(platform, id)).toEqual([]);
  });

  test("are removed once, if they are empty", async () => {
    const { id, version, sections } = await course();
    const form = { intent: "remove-section", version, sectionId: sections[1] };
    const full = await send(ada, outlineOf(id), form);
    expect(full.status).toBe(409);
    expect(full.html).toContain("Only an empty section can be removed");
    await platform.db.prepare("delete from lessons where section_id = ?").bind(sections[1]).run();
    const responses = await Promise.all([1, 2].map(() => send(ada, outlineOf(id), form)));
    expect(responses.map(({ status }) => status)).toEqual([302, 302]);
    expect(await changesOf(platform, id)).toMatchObject([
      { action: "section-removed", detail: "Section 2" },
    ]);
  });
});

describe("lessons", () => {
  test("are added once, as private, at the end of their section; duplicate titles get unique slugs", async () => {
    const { id, sections } = await course();
    const path = `${outlineOf(id)}?add=${sections[0]}`;
    for (const time of [1, 2]) {
      const { fields } = await open(ada, path, "add-lesson-form");
      const form = { ...fields, title: "Élan" };
      const responses = await Promise.all([1, 2].map(() => send(ada, path, form)));
      expect(responses.map(({ status }) => status)).toEqual([302, 302]);
      const row = await rowOf(platform, "lessons", fields.id ?? "");
      const slug = time === 1 ? "elan" : `elan-${fields.id?.slice(-6)}`;
      expect(row).toMatchObject({ slug, status: "private", position: time + 1, version: 1 });
    }
    expect(await orderOf(platform, id)).toEqual([`${start[0]}, Élan, Élan`, start[1]]);
    expect((await changesOf(platform, id)).map(({ action }) => action)).toEqual([
      "lesson-added",
      "lesson-added",
    ]);
  });

  test("are not added if another admin removed the section", async () => {
    const { id, sections } = await course();
    const path = `${outlineOf(id)}?add=${sections[1]}`;
    const { fields } = await open(ada, path, "add-lesson-form");
    await platform.db.batch([
      platform.db.prepare("delete from lessons where section_id = ?").bind(sections[1]),
      platform.db.prepare("delete from sections where id = ?").bind(sections[1]),
    ]);
    const response = await send(ada, path, { ...fields, title: "Joins" });
    expect(response.status).toBe(409);
    expect(response.html).toContain("“Joins” was not added");
    expect(await changesOf(platform, id)).toEqual([]);
  });
});
