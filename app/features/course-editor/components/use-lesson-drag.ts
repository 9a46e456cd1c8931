import { type DragEvent, useState } from "react";
import type { Outline } from "~/features/courses/outline";
import type { ReorderStep } from "../reorder";
import type { DropPlace } from "./outline-editor-props";

/**
 * Lessons go elsewhere by the pointer. One set of listeners around the whole outline: elements say by `data-lesson` and
 * `data-section` what they are, and by `draggable` where they are taken.
 */
export function useLessonDrag(outline: Outline, applyMove: (step: ReorderStep) => void) {
  const [dragged, setDragged] = useState<string | null>(null);
  const [place, setPlace] = useState<DropPlace | null>(null);
  const end = () => {
    setDragged(null);
    setPlace(null);
  };
  const handlers = {
    onDragStart(event: DragEvent) {
      const row = closestElement(event, "[data-lesson]");
      if (!row?.dataset.lesson) return;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", row.dataset.lesson);
      event.dataTransfer.setDragImage(row, 12, 12);
      setDragged(row.dataset.lesson);
    },
    onDragOver(event: DragEvent) {
      const next = dragged && dropPlaceAt(event, outline, dragged);
      if (!next) return;
      event.preventDefault();
      const isSame = next.sectionId === place?.sectionId && next.index === place.index;
      if (!isSame) setPlace(next);
    },
    onDrop(event: DragEvent) {
      const last = dragged && dropPlaceAt(event, outline, dragged);
      if (last) {
        event.preventDefault();
        applyMove({ intent: "place-lesson", lessonId: dragged, ...last });
      }
      end();
    },
    onDragEnd: end,
  };
  return { dragged, place, handlers };
}

function closestElement({ target }: DragEvent, selector: string): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(selector) : null;
}

/** Over the upper half of a lesson it is the place before it, over the lower half behind it; elsewhere in a section its end. */
function dropPlaceAt(event: DragEvent, outline: Outline, dragged: string): DropPlace | null {
  const sectionId = closestElement(event, "[data-section]")?.dataset.section;
  const section = outline.find(({ id }) => id === sectionId);
  if (!section) return null;
  const others = section.lessons.filter(({ id }) => id !== dragged);
  const row = closestElement(event, "[data-lesson]");
  const over = others.findIndex(({ id }) => id === row?.dataset.lesson);
  if (row && over !== -1) {
    const { top, height } = row.getBoundingClientRect();
    const isLower = event.clientY > top + height / 2;
    return { sectionId: section.id, index: isLower ? over + 1 : over };
  }
  const own = section.lessons.findIndex(({ id }) => id === dragged);
  return { sectionId: section.id, index: row && own !== -1 ? own : others.length };
}
