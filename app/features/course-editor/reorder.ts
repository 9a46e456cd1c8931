import type { OutlineSection } from "~/features/courses/outline";

export type Direction = "up" | "down";

export type ReorderStep =
  | { intent: "move"; move: { kind: "section" | "lesson"; id: string; direction: Direction } }
  | { intent: "place-lesson"; lessonId: string; sectionId: string; index: number };

type WithId = { id: string };
type Sections<Lesson> = readonly OutlineSection<Lesson>[];

/** Returns the same order if the item is already at that end. */
function moveItem<Item>(items: readonly Item[], index: number, direction: Direction): Item[] {
  const other = direction === "up" ? index - 1 : index + 1;
  const [one, two] = [items[index], items[other]];
  if (one === undefined || two === undefined) return [...items];
  return items.with(index, two).with(other, one);
}

export function applyReorder<Lesson extends WithId>(
  outline: Sections<Lesson>,
  step: ReorderStep,
): OutlineSection<Lesson>[] {
  if (step.intent === "place-lesson") {
    return placeLesson(outline, step.lessonId, step.sectionId, step.index);
  }
  const { kind, id, direction } = step.move;
  return kind === "section"
    ? moveSection(outline, id, direction)
    : moveLesson(outline, id, direction);
}

export function isSameOrder<Lesson extends WithId>(
  one: Sections<Lesson>,
  other: Sections<Lesson>,
): boolean {
  const order = (outline: Sections<Lesson>) =>
    outline.map(({ id, lessons }) => [id, ...lessons.map((lesson) => lesson.id)]);
  return JSON.stringify(order(one)) === JSON.stringify(order(other));
}

export function moveSection<Lesson>(
  outline: Sections<Lesson>,
  sectionId: string,
  direction: Direction,
): OutlineSection<Lesson>[] {
  const index = outline.findIndex(({ id }) => id === sectionId);
  return moveItem(outline, index, direction);
}

/** Moves a lesson one position; past the end of its section, it moves to the adjacent section. */
export function moveLesson<Lesson extends WithId>(
  outline: Sections<Lesson>,
  lessonId: string,
  direction: Direction,
): OutlineSection<Lesson>[] {
  const from = outline.findIndex(({ lessons }) => lessons.some(({ id }) => id === lessonId));
  const section = outline[from];
  if (!section) return [...outline];
  const index = section.lessons.findIndex(({ id }) => id === lessonId);
  const isAtEnd = direction === "up" ? index === 0 : index === section.lessons.length - 1;
  if (!isAtEnd) {
    return outline.with(from, { ...section, lessons: moveItem(section.lessons, index, direction) });
  }
  const target = outline[direction === "up" ? from - 1 : from + 1];
  if (!target) return [...outline];
  return placeLesson(outline, lessonId, target.id, direction === "up" ? target.lessons.length : 0);
}

export function placeLesson<Lesson extends WithId>(
  outline: Sections<Lesson>,
  lessonId: string,
  sectionId: string,
  index: number,
): OutlineSection<Lesson>[] {
  const lesson = outline.flatMap(({ lessons }) => lessons).find(({ id }) => id === lessonId);
  if (!lesson || !outline.some(({ id }) => id === sectionId)) return [...outline];
  return outline.map((section) => {
    const others = section.lessons.filter(({ id }) => id !== lessonId);
    const lessons = section.id === sectionId ? others.toSpliced(index, 0, lesson) : others;
    return { ...section, lessons };
  });
}
