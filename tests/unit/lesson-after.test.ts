import { expect, test } from "vitest";
import { lessonAfter } from "../../app/features/learning/lesson-after.ts";

/** Sections as words: a lesson in capitals is done, one with a dot is private. */
const outline = (...sections: string[]) =>
  sections.map((section) => ({
    id: section,
    title: section,
    lessons: section.split(" ").map((name) => ({
      id: name.toLowerCase(),
      slug: name,
      title: name,
      durationMinutes: 1,
      status: name.startsWith(".") ? ("private" as const) : ("public" as const),
      isOpen: true,
      isDone: name !== name.toLowerCase(),
    })),
  }));

test.each<[string[], string, string | null]>([
  [["A b", "c"], "a", "b"],
  [["A B", "c"], "a", "c"],
  [["a B", "C"], "c", "a"],
  [["A B", "C"], "b", null],
  [["A .b", "C"], "a", null],
  [["a"], "a", "a"],
])("of %j, %s is followed by %s", (sections, id, expected) => {
  expect(lessonAfter(outline(...sections), id)?.id ?? null).toBe(expected);
});
