import { parseWithZod } from "@conform-to/zod/v4";
import { describe, expect, test } from "vitest";
import type * as z from "zod";
import { parseUserForm } from "~/features/admin/user-action-schema";
import { courseFormSchema } from "~/features/course-editor/course-schema";
import { lessonFormSchema } from "~/features/course-editor/lesson-schema";
import { outlineFormSchema } from "~/features/course-editor/outline-schema";

const roleChange = { intent: "change-role", to: "admin", seenRole: "user", seenChange: "" };

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}

/** Parses fields as a browser submits them, including empty ones. */
function read<Schema extends z.ZodType>(schema: Schema, fields: Record<string, string>) {
  const submission = parseWithZod(new URLSearchParams(fields), { schema });
  return submission.status === "success"
    ? { value: submission.value }
    : { error: submission.error, typed: submission.reply().initialValue };
}

const course = {
  title: "SQL from scratch",
  slug: "sql-from-scratch",
  summary: "Ask a database",
  description: "",
  cover: "waves",
  currency: "EUR",
  price: "29.00",
};
const plainHost = "Use https:// followed by the site, without a username or password.";
const lesson = { title: "Joins", body: "", videoUrl: "", durationMinutes: "5", status: "public" };

describe("a course", () => {
  test("is parsed with a price in cents, trimmed lines and an empty description", () => {
    const { price: _, ...rest } = course;
    const typed = { ...course, title: "  SQL \t from scratch ", price: " 29,5 " };
    expect(read(courseFormSchema, typed)).toEqual({ value: { ...rest, priceMinor: 2950 } });
  });

  test("normalizes line endings in its description", () => {
    const typed = { ...course, description: " one\r\ntwo\u0007 " };
    expect(read(courseFormSchema, typed)).toMatchObject({ value: { description: " one\ntwo " } });
  });

  test("reports all missing fields at once", () => {
    const blank = Object.fromEntries(Object.keys(course).map((name) => [name, ""]));
    expect(read(courseFormSchema, blank).error).toEqual({
      title: ["Enter a title."],
      slug: ["Enter a URL slug."],
      summary: ["Describe the course in one sentence."],
      cover: ["Choose a cover."],
      currency: ["Choose a currency."],
      price: ["Enter a price, or 0 for a free course."],
    });
  });

  test("reports an invalid price with other errors and keeps the input", () => {
    const typed = { ...course, title: "   ", currency: "JPY", price: "29.00" };
    expect(read(courseFormSchema, typed)).toEqual({
      error: {
        title: ["Enter a title."],
        price: ["Enter a price in JPY such as 2900, at least ¥50, or 0 for a free course."],
      },
      typed: expect.objectContaining({ title: "   ", price: "29.00" }),
    });
  });

  test.each([
    ["title", "x".repeat(121), "Use at most 120 characters."],
    ["slug", "SQL", "Use lowercase letters, digits and single hyphens, such as sql-from-scratch."],
    ["slug", "a".repeat(81), "Use at most 80 characters."],
    ["summary", "x".repeat(241), "Use at most 240 characters."],
    ["description", "x".repeat(20_001), "Use at most 20,000 characters."],
    ["cover", "https://elsewhere.example/x.png", "Choose a cover."],
    ["currency", "XXX", "Choose a currency."],
    ["price", "-1", "Enter a price in EUR such as 29.00, at least €0.50, or 0 for a free course."],
    [
      "price",
      "0.49",
      "Enter a price in EUR such as 29.00, at least €0.50, or 0 for a free course.",
    ],
    [
      "price",
      "1000000.01",
      "Enter a price in EUR such as 29.00, at least €0.50, or 0 for a free course.",
    ],
  ])("with an invalid %s (%.12s) reports: %s", (name, value, message) => {
    expect(read(courseFormSchema, { ...course, [name]: value }).error).toEqual({
      [name]: [message],
    });
  });
});

describe("a lesson", () => {
  test("may have no text and no video", () => {
    const value = { ...lesson, videoUrl: null, durationMinutes: 5 };
    expect(read(lessonFormSchema, lesson)).toEqual({ value });
  });

  test.each([
    ["title", " ", "Enter a title."],
    ["body", "x".repeat(50_001), "Use at most 50,000 characters."],
    ["videoUrl", "http://vimeo.com/1", "Enter a full URL that starts with https://"],
    ["videoUrl", "https:vimeo.com/1", plainHost],
    ["videoUrl", "https:/vimeo.com/1", plainHost],
    ["videoUrl", "https:///vimeo.com/1", plainHost],
    ["videoUrl", "https:\\\\vimeo.com/1", plainHost],
    ["videoUrl", "https://vimeo.com@evil.example/1", plainHost],
    ["videoUrl", "https://:secret@vimeo.com/1", plainHost],
    ["videoUrl", "https://@vimeo.com/1", plainHost],
    ["videoUrl", "https://:@vimeo.com/1", plainHost],
    ["videoUrl", "https://me:@vimeo.com/1", plainHost],
    ["videoUrl", "https://vimeo.com\t@evil.example/1", plainHost],
    ["videoUrl", "javascript:alert(1)", "Enter a full URL that starts with https://"],
    ["durationMinutes", "", "Enter whole minutes from 0 to 600."],
    ["durationMinutes", "2.5", "Enter whole minutes from 0 to 600."],
    ["durationMinutes", "0x10", "Enter whole minutes from 0 to 600."],
    ["durationMinutes", "601", "Enter whole minutes from 0 to 600."],
    ["status", "everybody", "Choose who can see the lesson."],
  ])("with an invalid %s (%.12s) reports: %s", (name, value, message) => {
    expect(read(lessonFormSchema, { ...lesson, [name]: value }).error).toEqual({
      [name]: [message],
    });
  });
});

test.each([
  ["zero-width space", "\u200b"],
  ["word joiner", "\u2060"],
  ["byte order mark", "\ufeff"],
  ["soft hyphen", "\u00ad"],
  ["Hangul filler", "\u3164"],
  ["blank Braille pattern", "\u2800"],
  ["null notehead", "\u{1d159}"],
  ["full blank of Egyptian hieroglyphs", "\u{13441}"],
  ["half blank of Egyptian hieroglyphs", "\u{13442}"],
  ["Khitan filler", "\u{16fe4}"],
  ["variation selector", "\ufe0f"],
  ["right-to-left override", "\u202e"],
  ["tag", "\u{e0041}"],
  ["no-break space", "\u00a0"],
])("a title made only of a %s is empty", (_, character) => {
  const title = `${character} ${character}`;
  const missing = { title: ["Enter a title."] };
  expect(read(lessonFormSchema, { ...lesson, title }).error).toEqual(missing);
  const added = { intent: "add-section", id: "1", title };
  const untitled = { title: ["Enter a title."] };
  expect(read(outlineFormSchema, added).error).toEqual(untitled);
  const reason = parseUserForm(formOf({ ...roleChange, reason: title }));
  expect(reason.reasonError).toMatch(/^Enter a reason/);
});

test("a title keeps invisible characters between visible ones", () => {
  const title = "👩\u200d🚀 نمی\u200cدانم";
  expect(read(lessonFormSchema, { ...lesson, title }).value).toMatchObject({ title });
});

test("parses the move buttons of an outline", () => {
  const move = (text: string) =>
    read(outlineFormSchema, { intent: "move", version: "3", move: text });
  expect(move("lesson:abc:up").value).toEqual({
    intent: "move",
    version: 3,
    move: { kind: "lesson", id: "abc", direction: "up" },
  });
  for (const invalid of ["lesson:abc:sideways", "course:abc:up", "lesson::up", ""]) {
    expect(move(invalid).value, invalid).toBeUndefined();
  }
});
