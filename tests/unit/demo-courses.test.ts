import { readdir, readFile } from "node:fs/promises";
import MarkdownIt from "markdown-it";
import { expect, test } from "vitest";
import { covers } from "../../app/db/enums.ts";
import { coverSize } from "../../app/features/courses/cover-size.ts";
import { demoCoursesSql, demoDerivedSql } from "../../scripts/database/demo-courses-sql.ts";
import { demoCourseSlugs, readDemoCourses } from "../../scripts/database/read-demo-courses.ts";

const courses = await readDemoCourses();
const allLessons = courses.flatMap(({ sections }) => sections.flatMap(({ lessons }) => lessons));

const folder = "scripts/demo-courses";
const wordCount = (text: string) => text.match(/[\p{L}\p{N}’']+/gu)?.length ?? 0;

test("loads every course folder and every lesson file in it", async () => {
  expect((await readdir(folder)).sort()).toEqual([...demoCourseSlugs].sort());
  for (const { slug, sections } of courses) {
    const texts = (await readdir(`${folder}/${slug}`)).filter((name) => name.endsWith(".md"));
    expect(sections.flatMap(({ lessons }) => lessons)).toHaveLength(texts.length - 1);
  }
});

test("courses are short, begin with a preview lesson and have unique slugs", () => {
  expect(new Set(courses.map(({ cover }) => cover)).size).toBe(courses.length);
  for (const { slug, sections } of courses) {
    const lessons = sections.flatMap((section) => section.lessons);
    expect(sections.length, slug).toBeOneOf([2, 3]);
    expect(lessons.length, slug).toBeGreaterThanOrEqual(5);
    expect(lessons.length, slug).toBeLessThanOrEqual(8);
    expect(lessons[0]?.status, slug).toBe("preview");
    expect(lessons.filter(({ status }) => status === "preview").length, slug).toBeLessThan(3);
    expect(new Set(lessons.map((lesson) => lesson.slug)).size, slug).toBe(lessons.length);
  }
});

test("one course has a price and one lesson is private", () => {
  expect(courses.map(({ priceMinor }) => priceMinor).sort()).toEqual([0, 0, 0, 2900]);
  expect(allLessons.filter(({ status }) => status === "private")).toHaveLength(1);
});

test("lessons are neither too short nor too long", () => {
  for (const { slug, body, status } of allLessons) {
    expect(wordCount(body), slug).toBeGreaterThan(status === "private" ? 40 : 180);
    expect(wordCount(body), slug).toBeLessThan(450);
    if (status !== "private") expect(body, slug).toContain("\n## To try\n");
  }
});

test("texts contain no HTML, images or top-level headings, and only https links", () => {
  const texts = [
    ...courses.map(({ description }) => description),
    ...allLessons.map(({ body }) => body),
  ];
  const markdown = new MarkdownIt({ html: true });
  for (const text of texts) {
    const blocks = markdown.parse(text, {});
    const tokens = blocks.flatMap((token) => [token, ...(token.children ?? [])]);
    const of = (...types: string[]) => tokens.filter(({ type }) => types.includes(type));
    expect(of("html_block", "html_inline", "image")).toEqual([]);
    for (const { markup } of of("heading_open")) expect(markup).toMatch(/^##+$/);
    for (const link of of("link_open")) expect(link.attrGet("href")).toMatch(/^https:\/\//);
    expect(blocks[0]?.type).toBe("paragraph_open");
  }
});

test("every cover has an image that loads and runs nothing", async () => {
  expect((await readdir("app/features/courses/components/covers")).sort()).toEqual(
    covers.map((name) => `${name}.svg`),
  );
  for (const name of covers) {
    const drawing = await readFile(`app/features/courses/components/covers/${name}.svg`, "utf8");
    const { width, height } = coverSize;
    expect(drawing).toContain(
      `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`,
    );
    expect(drawing).not.toMatch(
      /<(script|style|image|use|filter|foreignObject)\b|href|url\(|on\w+=/,
    );
    expect(drawing.length, name).toBeLessThan(6_000);
  }
});

test("the SQL fits into one command-line argument, and wrangler keeps it unchanged", () => {
  const texts = demoCoursesSql(courses, { now: Date.now(), onlyIfEmpty: false }).join(";\n");
  const ids = courses.map(({ slug }) => `demo-${slug}`);
  for (const sql of [texts, demoDerivedSql(courses, ids).join(";\n")]) {
    expect(Buffer.byteLength(sql)).toBeLessThan(128 * 1024);
    for (const statement of sql.split(/;\n(?=insert |update )/)) {
      expect(Buffer.byteLength(statement)).toBeLessThan(100_000);
    }
    // Wrangler removes these words everywhere, even inside strings.
    expect(sql).not.toContain("BEGIN TRANSACTION");
  }
});
