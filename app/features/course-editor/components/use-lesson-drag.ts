import { type DragEvent, useState } from "react";
import type { Outline } from "~/features/courses/outline";
import type { ReorderStep } from "../reorder";
import type { DropPosition } from "./outline-editor-props";

/** Drag and drop of `data-lesson` rows between `data-section`s, by one set of listeners. */
export function useLessonDrag(outline: Outline, applyMove: (step: ReorderStep) => void) {
  const [draggedId, setDraggedId] = useState<string | null>(null);
  const [dropPosition, setDropPosition] = useState<DropPosition | null>(null);
  const end = () => {
    setDraggedId(null);
    setDropPosition(null);
  };
  const accept = (event: DragEvent) => {
    const next = draggedId && dropPositionAt(event, outline, draggedId);
    if (!next) return;
    event.preventDefault();
    const isSame = next.sectionId === dropPosition?.sectionId && next.index === dropPosition.index;
    if (!isSame) setDropPosition(next);
  };
  const handlers = {
    onDragStart(event: DragEvent) {
      const row = closestElement(event, "[data-lesson]");
      if (!row?.dataset.lesson) return;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", row.dataset.lesson);
      event.dataTransfer.setDragImage(row, 12, 12);
      setDraggedId(row.dataset.lesson);
    },
    // WebKit refuses a drop right after it has entered an element that did not accept.
    onDragEnter: accept,
    onDragOver: accept,
    onDrop(event: DragEvent) {
      const last = draggedId && dropPositionAt(event, outline, draggedId);
      if (last) {
        event.preventDefault();
        applyMove({ intent: "place-lesson", lessonId: draggedId, ...last });
      }
      end();
    },
    onDragEnd: end,
  };
  return { draggedId, dropPosition, handlers };
}

function closestElement({ target }: DragEvent, selector: string): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(selector) : null;
}

/** Before or after the lesson under the pointer, otherwise the end of the section. */
function dropPositionAt(
  event: DragEvent,
  outline: Outline,
  draggedId: string,
): DropPosition | null {
  const sectionId = closestElement(event, "[data-section]")?.dataset.section;
  const section = outline.find(({ id }) => id === sectionId);
  if (!section) return null;
  const others = section.lessons.filter(({ id }) => id !== draggedId);
  const row = closestElement(event, "[data-lesson]");
  const over = others.findIndex(({ id }) => id === row?.dataset.lesson);
  if (row && over !== -1) {
    const { top, height } = row.getBoundingClientRect();
    const isLower = event.clientY > top + height / 2;
    return { sectionId: section.id, index: isLower ? over + 1 : over };
  }
  const own = section.lessons.findIndex(({ id }) => id === draggedId);
  return { sectionId: section.id, index: row && own !== -1 ? own : others.length };
}
