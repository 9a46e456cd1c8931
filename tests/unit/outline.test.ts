import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lessonStatuses } from "../../app/db/enums";
import { moveLesson, moveSection, placeLesson } from "../../app/features/course-editor/reorder";
import { adjacentLessons, allLessons, courseProgress } from "../../app/features/courses/outline";

/** Outlines of up to five sections, some of them empty. */
const outlines = fc.array(fc.nat(4), { minLength: 1, maxLength: 5 }).map((sizes) => {
  let number = 0;
  return sizes.map((size, section) => ({
    id: `s${section}`,
    title: `Section ${section}`,
    lessons: Array.from({ length: size }, () => ({ id: `l${number++}` })),
  }));
});
type Outline = Parameters<typeof moveLesson<{ id: string }>>[0];
const idsOf = (outline: Outline) => allLessons(outline).map(({ id }) => id);
const layoutOf = (outline: Outline) => outline.map((one) => [one.id, idsOf([one])]);

describe("moving", () => {
  test("never loses or duplicates a lesson or section", () => {
    const moves = fc.tuple(outlines, fc.nat(30), fc.nat(6), fc.nat(10));
    fc.assert(
      fc.property(moves, ([outline, lesson, section, index]) => {
        for (const after of [
          moveLesson(outline, `l${lesson}`, "up"),
          moveLesson(outline, `l${lesson}`, "down"),
          moveSection(outline, `s${section}`, "up"),
          placeLesson(outline, `l${lesson}`, `s${section}`, index),
        ]) {
          expect(idsOf(after).sort()).toEqual(idsOf(outline).sort());
          expect(after.map(({ id }) => id).sort()).toEqual(outline.map(({ id }) => id).sort());
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test("down and up again restores the order, and the first lesson cannot move up", () => {
    fc.assert(
      fc.property(outlines, fc.nat(30), (outline, lesson) => {
        const id = `l${lesson}`;
        const down = moveLesson(outline, id, "down");
        const moved = JSON.stringify(layoutOf(down)) !== JSON.stringify(layoutOf(outline));
        if (moved) expect(layoutOf(moveLesson(down, id, "up"))).toEqual(layoutOf(outline));
        const isFirst = outline[0]?.lessons[0]?.id === id;
        if (isFirst) expect(layoutOf(moveLesson(outline, id, "up"))).toEqual(layoutOf(outline));
      }),
      { numRuns: 1_000 },
    );
  });

  test("down repeatedly takes a lesson to the end, one step at a time", () => {
    fc.assert(
      fc.property(outlines, (outline) => {
        const [first] = idsOf(outline);
        if (first === undefined) return;
        let now: Outline = outline;
        const steps = idsOf(outline).length + outline.length;
        for (let step = 0; step < steps; step++) now = moveLesson(now, first, "down");
        expect(now.at(-1)?.lessons.at(-1)?.id).toBe(first);
      }),
    );
  });
});

test("progress counts readable lessons and continues at the first one not done", () => {
  const lessons = fc.array(
    fc.record({ status: fc.constantFrom(...lessonStatuses), isDone: fc.boolean() }),
  );
  fc.assert(
    fc.property(lessons, (states) => {
      const all = states.map((state, index) => ({ ...state, id: `l${index}` }));
      const completed = all.filter(({ isDone }) => isDone).map(({ id }) => id);
      const { done, total, next } = courseProgress(all, [...completed, "removed"]);
      const readable = all.filter(({ status }) => status !== "private");
      expect(total).toBe(readable.length);
      expect(done).toBe(readable.filter(({ isDone }) => isDone).length);
      expect(next).toBe(readable.find(({ isDone }) => !isDone) ?? null);
    }),
  );
});

test("the first lesson has no previous one, the last has no next one", () => {
  const lessons = ["a", "b", "c"].map((id) => ({ id }));
  expect(adjacentLessons(lessons, "a")).toEqual({ previous: null, next: { id: "b" } });
  expect(adjacentLessons(lessons, "c")).toEqual({ previous: { id: "b" }, next: null });
  expect(adjacentLessons(lessons, "x")).toEqual({ previous: null, next: null });
});
