import { beforeAll, describe, expect, test } from "vitest";
import { type ConsoleUser, consoleUser } from "../support/admin-console.ts";
import { changesOf, open, rowOf, send } from "../support/course-console.ts";
import { insertCourse } from "../support/courses.ts";
import { usePlatform } from "../support/fixtures.ts";

const platform = await usePlatform();
let ada: ConsoleUser;
let mary: ConsoleUser;
beforeAll(async () => {
  ada = await consoleUser(platform, "admin");
  mary = await consoleUser(platform, "admin");
});

const courseFields = {
  title: "SQL from scratch",
  summary: "Ask a database",
  description: "One line\nand **another**",
  cover: "orbits",
  currency: "EUR",
  price: "29.50",
};
const slug = () => `sql-${crypto.randomUUID().slice(0, 8)}`;

describe("a new course", () => {
  test("is created as a draft by a plain form, once even if sent several times", async () => {
    const { fields } = await open(ada, "/admin/courses/new", "course");
    expect(fields).toMatchObject({ id: expect.any(String), cover: "arcs", currency: "EUR" });
    const form = { ...fields, ...courseFields, slug: slug() };
    const responses = await Promise.all([1, 2, 3].map(() => send(ada, "/admin/courses/new", form)));
    const id = fields.id ?? "";
    for (const { status, location } of responses) {
      expect([status, location]).toEqual([302, `/admin/courses/${id}/outline?created`]);
    }
    expect(await rowOf(platform, "courses", id)).toMatchObject({
      slug: form.slug,
      description: courseFields.description,
      price_minor: 2_950,
      status: "draft",
      version: 1,
    });
    expect(await changesOf(platform, id)).toEqual([
      { action: "course-created", detail: courseFields.title, changed_by: ada.id, user_id: null },
    ]);
  });

  test("with errors shows them at the fields, keeps the input and is not created", async () => {
    const { fields } = await open(ada, "/admin/courses/new", "course");
    const typed = {
      title: "  ",
      slug: "SQL & more",
      summary: 'A "sentence" <b>',
      description: "\nfirst line empty",
      price: "29.999",
      currency: "USD",
      cover: "waves",
    };
    const response = await send(ada, "/admin/courses/new", { ...fields, ...typed }, "course");
    expect(response.status).toBe(400);
    expect(response.errors).toEqual({
      title: "Enter a title.",
      slug: "Use lowercase letters, digits and single hyphens, such as sql-from-scratch.",
      price: "Enter a price in USD such as 29.00, at least $0.50, or 0 for a free course.",
    });
    expect(response.fields).toMatchObject(typed);
    expect(response.html).toContain("3 fields need your attention");
    expect(await rowOf(platform, "courses", fields.id ?? "")).toBeNull();
  });

  test("cannot have the slug of another course; the form keeps its input", async () => {
    const { slug: taken } = await insertCourse(platform);
    const { fields } = await open(ada, "/admin/courses/new", "course");
    const typed = { ...courseFields, slug: taken };
    const response = await send(ada, "/admin/courses/new", { ...fields, ...typed }, "course");
    expect(response.status).toBe(409);
    expect(response.errors).toEqual({ slug: "Another course already uses this URL slug." });
    expect(response.fields).toMatchObject(typed);
  });

  test("with an invalid id is rejected", async () => {
    const response = await send(ada, "/admin/courses/new", {
      ...courseFields,
      slug: slug(),
      id: "1",
    });
    expect(response.status).toBe(400);
  });
});

describe("the details of a course", () => {
  test("are changed once even if sent several times", async () => {
    const { id } = await insertCourse(platform);
    const path = `/admin/courses/${id}?index`;
    const { fields } = await open(ada, `/admin/courses/${id}`, "course");
    const form = { ...fields, title: "Another title", price: "5" };
    const responses = await Promise.all([1, 2].map(() => send(ada, path, form)));
    expect(responses.map(({ location }) => location)).toEqual([
      `/admin/courses/${id}?saved=2`,
      `/admin/courses/${id}?saved=2`,
    ]);
    expect(await changesOf(platform, id)).toEqual([
      { action: "course-edited", detail: "title, price", changed_by: ada.id, user_id: null },
    ]);
    const page = await open(ada, `/admin/courses/${id}?saved=2`, "course");
    expect(page.html).toContain(">Saved.</div>");
    expect(page.fields).toMatchObject({ title: "Another title", price: "5.00", version: "2" });
  });

  test("show another admin's conflicting changes next to the input; saving again overwrites them", async () => {
    const { id } = await insertCourse(platform, { title: "First" });
    const path = `/admin/courses/${id}?index`;
    const { fields } = await open(ada, `/admin/courses/${id}`, "course");
    await send(mary, path, { ...fields, title: "Mary's", description: "Mary's words" });
    const typed = { title: "Ada's", summary: "Ada's summary" };
    const response = await send(ada, path, { ...fields, ...typed }, "course");
    expect(response.status).toBe(409);
    expect(response.html).toContain("Someone else changed this course");
    expect(response.fields).toEqual({ ...fields, ...typed, version: "2" });
    expect(response.now).toEqual({
      title: "Mary's",
      summary: "What it is about",
      description: "Mary's words",
    });
    expect(await rowOf(platform, "courses", id)).toMatchObject({ title: "Mary's", version: 2 });
    expect((await send(ada, path, response.fields)).location).toBe(`/admin/courses/${id}?saved=3`);
    expect(await rowOf(platform, "courses", id)).toMatchObject({ title: "Ada's", version: 3 });
    expect(await changesOf(platform, id)).toMatchObject([
      { changed_by: mary.id, detail: "title, description" },
      { changed_by: ada.id, detail: "title, summary, description" },
    ]);
  });

  test("report a conflict to one of two admins who save at the same time", async () => {
    const { id } = await insertCourse(platform);
    const path = `/admin/courses/${id}?index`;
    const { fields } = await open(ada, `/admin/courses/${id}`, "course");
    const responses = await Promise.all([
      send(ada, path, { ...fields, title: "Ada's" }, "course"),
      send(mary, path, { ...fields, title: "Mary's" }, "course"),
    ]);
    expect(responses.map(({ status }) => status).sort()).toEqual([302, 409]);
    expect(await changesOf(platform, id)).toHaveLength(1);
  });

  test("cannot take the slug of another course; an invalid form shows its errors and keeps its version", async () => {
    const other = await insertCourse(platform);
    const { id } = await insertCourse(platform);
    const path = `/admin/courses/${id}?index`;
    const { fields } = await open(ada, `/admin/courses/${id}`, "course");
    const taken = await send(ada, path, { ...fields, slug: other.slug }, "course");
    expect([taken.status, taken.errors]).toEqual([
      400,
      { slug: "Another course already uses this URL slug." },
    ]);
    const invalid = await send(ada, path, { ...fields, summary: "", price: "" }, "course");
    expect(invalid.status).toBe(400);
    expect(invalid.errors).toEqual({
      summary: "Describe the course in one sentence.",
      price: "Enter a price, or 0 for a free course.",
    });
    expect(invalid.fields).toEqual({ ...fields, summary: "", price: "" });
    expect(await changesOf(platform, id)).toEqual([]);
  });
});
