import { beforeAll, expect, test } from "vitest";
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

/** Creates a course and loads the form of its first lesson. */
async function lesson() {
  const { id, lessons } = await insertCourse(platform, { title: "Maps" });
  const lessonId = lessons[0]?.id ?? "";
  const path = `/admin/courses/${id}/lessons/${lessonId}`;
  const { fields } = await open(ada, path, "lesson");
  return { id, lessonId, path, fields };
}

test("a lesson is changed once even if sent several times, and keeps its slug", async () => {
  const { id, lessonId, path, fields } = await lesson();
  expect(fields).toEqual({
    version: "1",
    title: "Lesson 1",
    body: "The text of lesson 1.",
    videoUrl: "",
    durationMinutes: "5",
    status: "preview",
  });
  const typed = {
    title: "Joins",
    body: "\n\n# Joins\n\n<b>\n",
    videoUrl: "https://youtu.be/dQw4w9WgXcQ",
    durationMinutes: "12",
    status: "private",
  };
  const form = { ...fields, ...typed };
  const responses = await Promise.all([1, 2, 3, 4, 5, 6].map(() => send(ada, path, form)));
  for (const { location } of responses) expect(location).toBe(`${path}?saved=2`);
  expect(await rowOf(platform, "lessons", lessonId)).toMatchObject({
    slug: "lesson-1",
    title: "Joins",
    body: typed.body,
    video_url: typed.videoUrl,
    duration_minutes: 12,
    status: "private",
    version: 2,
  });
  const detail = "Joins: title, text, video, duration, status";
  expect(await changesOf(platform, id)).toEqual([
    { action: "lesson-edited", detail, changed_by: ada.id, user_id: null },
  ]);
  const saved = await open(ada, `${path}?saved=2`, "lesson");
  expect(saved.html).toContain(">Saved.</div>");
  expect(saved.fields).toEqual({ ...form, version: "2" });
  // Removes the video.
  await send(ada, path, { ...saved.fields, videoUrl: "" });
  expect(await rowOf(platform, "lessons", lessonId)).toMatchObject({ video_url: null });
});

test("an invalid lesson shows errors at the fields, keeps the input and is not saved", async () => {
  const { id, path, fields } = await lesson();
  const typed = { title: "", videoUrl: "http://x.example", durationMinutes: "9.5", body: "<i>" };
  const response = await send(ada, path, { ...fields, ...typed }, "lesson");
  expect(response.status).toBe(400);
  expect(response.errors).toEqual({
    title: "Enter a title.",
    videoUrl: "Enter a full URL that starts with https://",
    durationMinutes: "Enter whole minutes from 0 to 600.",
  });
  expect(response.fields).toEqual({ ...fields, ...typed });
  const invalid = await send(ada, path, { ...fields, status: "open" }, "lesson");
  expect(invalid.errors).toEqual({ status: "Choose who can see the lesson." });
  expect(await changesOf(platform, id)).toEqual([]);
});

test("another admin's conflicting changes are shown next to the input", async () => {
  const { id, lessonId, path, fields } = await lesson();
  await send(mary, path, { ...fields, body: "Mary's text", durationMinutes: "7" });
  const typed = { body: "Ada's text", status: "public" };
  const response = await send(ada, path, { ...fields, ...typed }, "lesson");
  expect(response.status).toBe(409);
  expect(response.html).toContain("Someone else changed this lesson");
  expect(response.fields).toEqual({ ...fields, ...typed, version: "2" });
  expect(response.now).toEqual({ body: "Mary's text", durationMinutes: "7", status: "preview" });
  expect(await rowOf(platform, "lessons", lessonId)).toMatchObject({ body: "Mary's text" });
  expect((await send(ada, path, response.fields)).status).toBe(302);
  expect(await rowOf(platform, "lessons", lessonId)).toMatchObject({ body: "Ada's text" });
  expect((await changesOf(platform, id)).map(({ changed_by }) => changed_by)).toEqual([
    mary.id,
    ada.id,
  ]);
});

test("a lesson is removed once after confirmation, including its completions", async () => {
  const { id, lessonId, path } = await lesson();
  await platform.db
    .prepare("insert into lesson_completions values (?, ?, ?, 1)")
    .bind(ada.id, lessonId, id)
    .run();
  const requested = await open(ada, `${path}?remove=lesson`);
  expect(requested.html).toContain("Remove Lesson 1?</h2>");
  expect(await rowOf(platform, "lessons", lessonId)).not.toBeNull();
  const responses = await Promise.all([1, 2].map(() => send(ada, path, { intent: "remove" })));
  for (const { location } of responses) {
    expect(location).toBe(`/admin/courses/${id}/outline?lesson-removed=${lessonId}`);
  }
  expect((await send(ada, path, { intent: "remove" })).status).toBe(302);
  expect(await orderOf(platform, id)).toEqual(["Section 1: Lesson 2", "Section 2: Lesson 3"]);
  const left = "select count(*) n from lesson_completions where lesson_id = ?";
  expect(await platform.db.prepare(left).bind(lessonId).first("n")).toBe(0);
  expect(await changesOf(platform, id)).toEqual([
    { action: "lesson-removed", detail: "Lesson 1", changed_by: ada.id, user_id: null },
  ]);
  expect(await rowOf(platform, "courses", id)).toMatchObject({ version: 2 });
  expect((await ada.visit(path)).status).toBe(404);
});

test("a lesson is found only under its own course", async () => {
  const { lessonId, fields } = await lesson();
  const other = await insertCourse(platform);
  const path = `/admin/courses/${other.id}/lessons/${lessonId}`;
  expect((await ada.visit(path)).status).toBe(404);
  expect((await send(ada, path, { ...fields, title: "Taken" })).status).toBe(404);
  await send(ada, path, { intent: "remove" });
  expect(await rowOf(platform, "lessons", lessonId)).toMatchObject({ title: "Lesson 1" });
});

test("the preview renders a text as readers will see it and enforces the size limit", async () => {
  const preview = (fields: Record<string, string>) => ada.post("/admin/markdown-preview", fields);
  const response = await preview({ text: "# Joins\n\n<script>" });
  expect(await response.json()).toEqual({ html: "<h2>Joins</h2>\n&lt;script&gt;" });
  expect((await preview({ text: "é".repeat(50_000) })).status).toBe(200);
  expect((await preview({ text: "x".repeat(50_001) })).status).toBe(413);
  expect((await preview({ text: "x".repeat(600_000) })).status).toBe(413);
  expect((await preview({})).status).toBe(400);
  expect((await ada.visit("/admin/markdown-preview")).status).toBe(405);
});
