import { beforeAll, describe, expect, test } from "vitest";
import { markdownLimitError } from "../../app/features/courses/markdown-limits.ts";
import { rendererVersion } from "../../app/features/courses/markdown-renderer-version.ts";
import { type ConsoleUser, consoleUser } from "../support/admin-console.ts";
import { open, send } from "../support/course-console.ts";
import { insertCourse } from "../support/courses.ts";
import { crons } from "../support/crons.ts";
import { usePlatform } from "../support/fixtures.ts";
import { costlyMarkdown, longMarkdown } from "../support/long-markdown.ts";

const platform = await usePlatform();
let ada: ConsoleUser;
beforeAll(async () => {
  ada = await consoleUser(platform, "admin");
});

const run = (sql: string, ...values: (string | number)[]) =>
  platform.db
    .prepare(sql)
    .bind(...values)
    .run();

const renderedRow = (id: string) =>
  platform.db
    .prepare("select renderer, html from rendered_texts where text_id = ?")
    .bind(id)
    .first<{ renderer: number; html: string | null }>();

async function courseWithLesson() {
  const course = await insertCourse(platform);
  const [lesson] = course.lessons;
  if (!lesson) throw new Error("The course has no lesson");
  return { ...course, lesson, lessonPath: `${course.path}/lessons/${lesson.slug}` };
}

/** The HTML of a page for signed-out visitors. */
async function visit(path: string): Promise<string> {
  const response = await fetch(platform.origin + path);
  expect(response.status).toBe(200);
  return response.text();
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const unrendered = { renderer: 0, html: null };

test("pages show the escaped source of a text until the cron renders it", async () => {
  const { id, path, lesson, lessonPath } = await courseWithLesson();
  await run("update lessons set body = ? where id = ?", "*a* <b>", lesson.id);
  expect(await visit(path)).toContain(">What one learns in **it**.</p>");
  expect(await visit(lessonPath)).toContain(">*a* &lt;b&gt;</p>");
  expect(await renderedRow(lesson.id)).toEqual(unrendered);
  await platform.scheduled(crons.frequent);
  expect(await visit(path)).toContain("<p>What one learns in <strong>it</strong>.</p>");
  expect(await visit(lessonPath)).toContain("<p><em>a</em> &lt;b&gt;</p>");
  expect(await renderedRow(id)).toMatchObject({ renderer: rendererVersion });
});

test("saving a text or a new course also stores its HTML", async () => {
  const { id, lesson, lessonPath } = await courseWithLesson();
  const editor = `/admin/courses/${id}/lessons/${lesson.id}`;
  const { fields } = await open(ada, editor, "lesson");
  await send(ada, editor, { ...fields, body: "**One**" });
  expect(await renderedRow(lesson.id)).toEqual({
    renderer: rendererVersion,
    html: "<p><strong>One</strong></p>",
  });
  expect(await visit(lessonPath)).toContain("<p><strong>One</strong></p>");
  // A conflicting save changes neither the text nor its HTML.
  expect((await send(ada, editor, { ...fields, body: "Two" })).status).toBe(409);
  expect(await renderedRow(lesson.id)).toMatchObject({ html: "<p><strong>One</strong></p>" });
  const coursePage = await open(ada, `/admin/courses/${id}`, "course");
  await send(ada, `/admin/courses/${id}?index`, { ...coursePage.fields, description: "_Three_" });
  expect(await renderedRow(id)).toMatchObject({ html: "<p><em>Three</em></p>" });
  const newId = crypto.randomUUID();
  const texts = { title: "New", slug: `new-${newId.slice(0, 8)}`, summary: "New" };
  const rest = { cover: "arcs", price: "0", currency: "EUR" };
  const form = { id: newId, ...texts, ...rest, description: "`Four`" };
  expect((await send(ada, "/admin/courses/new", form)).status).toBe(302);
  expect(await renderedRow(newId)).toMatchObject({ html: "<p><code>Four</code></p>" });
});

test("any change to a text deletes its HTML, and so does removing it", async () => {
  const { id, lesson, lessonPath } = await courseWithLesson();
  await platform.scheduled(crons.frequent);
  await run("update lessons set title = 'Other', position = 7 where id = ?", lesson.id);
  expect(await renderedRow(lesson.id)).toMatchObject({ renderer: rendererVersion });
  await run("update lessons set body = 'New *text*' where id = ?", lesson.id);
  await run("update courses set description = 'New' where id = ?", id);
  expect([await renderedRow(lesson.id), await renderedRow(id)]).toEqual([unrendered, unrendered]);
  expect(await visit(lessonPath)).toContain(">New *text*</p>");
  await run("delete from lessons where id = ?", lesson.id);
  expect(await renderedRow(lesson.id)).toBeNull();
});

test("a new renderer version renders all texts again, in batches", async () => {
  await insertCourse(platform, {
    sections: [Array.from({ length: 200 }, () => "public" as const)],
  });
  await run("update rendered_texts set renderer = ?, html = 'old'", rendererVersion - 1);
  const left = () =>
    platform.db
      .prepare("select count(*) n from rendered_texts where renderer < ?")
      .bind(rendererVersion)
      .first<number>("n");
  const counts = [await left()];
  while (counts.at(-1)) {
    await platform.scheduled(crons.frequent);
    counts.push(await left());
    expect(counts.at(-1)).toBeLessThan(counts.at(-2) ?? 0);
  }
  expect(counts.length).toBeGreaterThan(2);
  const old = platform.db.prepare("select count(*) n from rendered_texts where html = 'old'");
  expect(await old.first("n")).toBe(0);
});

describe("a hostile text already in D1", () => {
  test.each(["nested quotes", "delimiters that never match", "opening brackets"])(
    "of %s is shown as its source and does not block the job",
    async (kind) => {
      const { id, path, lesson, lessonPath } = await courseWithLesson();
      const text = costlyMarkdown[kind] ?? "";
      await run("update lessons set body = ? where id = ?", text, lesson.id);
      await run("update courses set description = ? where id = ?", text, id);
      for (const _ of ["before the job", "after it"]) {
        expect(await visit(path)).toContain(`>${escaped(text)}</p>`);
        expect(await visit(lessonPath)).toContain(`>${escaped(text)}</p>`);
        await platform.scheduled(crons.frequent);
        const rendered = { renderer: rendererVersion, html: null };
        expect([await renderedRow(id), await renderedRow(lesson.id)]).toEqual([rendered, rendered]);
      }
    },
  );
});

test("a page shows stored HTML without parsing", async () => {
  const { lesson, lessonPath } = await courseWithLesson();
  await run(
    "update rendered_texts set renderer = ?, html = '<p>*stored*</p>' where text_id = ?",
    ...[rendererVersion, lesson.id],
  );
  expect(await visit(lessonPath)).toContain("<p>*stored*</p>");
});

test("the page of a hostile text is at most six times as long as that of a long lesson", async () => {
  const accepted = Object.values(costlyMarkdown).filter((text) => !markdownLimitError(text));
  expect(accepted.length).toBeGreaterThan(10);
  const texts = [longMarkdown.prose ?? "", ...accepted];
  const { path, lessons } = await insertCourse(platform, {
    sections: [texts.map(() => "preview" as const)],
  });
  for (const [index, text] of texts.entries()) {
    await run("update lessons set body = ? where id = ?", text, lessons[index]?.id ?? "");
  }
  await platform.scheduled(crons.frequent);
  const lengths: number[] = [];
  for (const { id, slug } of lessons) {
    expect(await renderedRow(id)).toMatchObject({ html: expect.any(String) });
    lengths.push((await visit(`${path}/lessons/${slug}`)).length);
  }
  expect(Math.max(...lengths)).toBeLessThan(6 * (lengths[0] ?? 0));
});

test("a locked lesson shows neither its text nor its HTML", async () => {
  const { path, lessons } = await insertCourse(platform);
  const [, locked] = lessons;
  await run("update lessons set body = 'Not for *you*' where id = ?", locked?.id ?? "");
  for (const _ of ["source", "html"]) {
    expect(await visit(`${path}/lessons/${locked?.slug}`)).not.toContain("Not for");
    await platform.scheduled(crons.frequent);
  }
  expect(await renderedRow(locked?.id ?? "")).toMatchObject({
    html: "<p>Not for <em>you</em></p>",
  });
});

test("a text with too much structure is rejected at its field, kept in the form and not saved", async () => {
  const { id, lesson } = await courseWithLesson();
  const editor = `/admin/courses/${id}/lessons/${lesson.id}`;
  const { fields } = await open(ada, editor, "lesson");
  const body = costlyMarkdown["nested quotes"] ?? "";
  const response = await send(ada, editor, { ...fields, body }, "lesson");
  expect(response.status).toBe(400);
  expect(response.errors).toEqual({
    body: "Quotes or lists are nested too deeply: 40,000 (limit: 16).",
  });
  expect(response.fields.body).toBe(body);
  const preview = await ada.post("/admin/markdown-preview", { text: body });
  expect(await preview.json()).toEqual({ problem: response.errors?.body });
});
