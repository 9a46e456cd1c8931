import { describe, expect, test } from "vitest";
import type { OutlineForm } from "../../app/features/course-editor/outline-schema.ts";
import {
  partName,
  positionMessage,
  statusMessage,
  urlAfterChange,
} from "../../app/features/course-editor/outline-urls.ts";
import { type OutlineLesson, totalMinutes } from "../../app/features/courses/outline.ts";

const lesson = (id: string): OutlineLesson => ({
  id,
  slug: id,
  title: `Lesson ${id}`,
  durationMinutes: 5,
  status: "public",
});
const outline = [
  { id: "s1", title: "Basics", lessons: [lesson("a"), lesson("b")] },
  { id: "s2", title: "More", lessons: [] },
];

const forms: [OutlineForm, string, string][] = [
  [{ intent: "add-section", id: "s1", title: "x" }, "added=section%3As1", "section:s1"],
  [
    { intent: "rename-section", version: 1, sectionId: "s1", title: "x" },
    "renamed=s1",
    "section:s1",
  ],
  [{ intent: "remove-section", version: 1, sectionId: "s1" }, "removed=s1", ""],
  [
    { intent: "add-lesson", id: "a", sectionId: "s1", title: "x" },
    "add=s1&added=lesson%3Aa",
    "lesson:a",
  ],
  [
    { intent: "move", version: 1, move: { kind: "section", id: "s1", direction: "up" } },
    "moved=section%3As1",
    "section:s1",
  ],
  [
    { intent: "place-lesson", version: 1, lessonId: "a", sectionId: "s1", index: 0 },
    "moved=lesson%3Aa",
    "lesson:a",
  ],
];

test.each(forms)(
  "after %o the URL has the message and points to the changed part",
  (form, query, part) => {
    const url = `/admin/courses/c1/outline?${query}`;
    expect(urlAfterChange("c1", form, false)).toBe(part ? `${url}#${part}` : url);
    expect(urlAfterChange("c1", form, true)).toBe(url);
  },
);

describe("the status message of", () => {
  test.each([
    ["added=section:s1", "Basics was added."],
    ["added=lesson:b", "Lesson b was added."],
    ["added=lesson:none", ""],
    ["moved=lesson:b", "Lesson b is now 2 of 2 in Basics."],
    ["moved=section:s2", "More is now section 2 of 2."],
    ["moved=section:b", ""],
    ["renamed=s1", "Section renamed."],
    ["removed=s1", "Section removed."],
    ["", ""],
    ["other=1", ""],
  ])("%s", (query, message) => {
    expect(statusMessage(outline, new URLSearchParams(query))).toBe(message);
  });
});

test("a part is named by kind and id", () => {
  expect(partName({ kind: "lesson", id: "a" })).toBe("lesson:a");
  expect(positionMessage(outline, "a")).toBe("");
});

test("adds up the minutes of all lessons", () => {
  expect(totalMinutes(outline.flatMap(({ lessons }) => lessons))).toBe(10);
  expect(totalMinutes([])).toBe(0);
});
