import { Form, useSearchParams } from "@remix-run/react";
import { type FormEvent, useState } from "react";
import type { Step } from "~/features/courses/move";
import type { Outline } from "~/features/courses/outline";
import type { OutlineRefusal } from "~/features/courses/outline-actions.server";
import { outlineFormSchema } from "~/features/courses/outline-form";
import { partName, placeOf, tidingOf } from "~/features/courses/outline-url";
import { useHydrated } from "../hydrated";
import { AddForm } from "./add-form";
import { MoveArrows, movesForm } from "./move-button";
import { OutlineSectionCard } from "./outline-section";
import { OutlineStatus } from "./outline-status";
import { useFocusLater } from "./use-focus-later";
import { useLessonDrag } from "./use-lesson-drag";
import { useReorder } from "./use-reorder";

interface OutlineEditorProps {
  course: { id: string; version: number };
  outline: Outline;
  /** An id for each thing that the page can add: by section, and for a section. */
  freshIds: { section: string; lessons: Record<string, string> };
  refusal: OutlineRefusal | undefined;
}

/** The sections and lessons of a course in their order. All of it works by plain posts; scripts make it quicker. */
export function OutlineEditor({ course, outline, freshIds, refusal }: OutlineEditorProps) {
  const { version } = course;
  const order = useReorder({ outline, version, refusal });
  const [movedPart, setMovedPart] = useState("");
  const take = (step: Step, part: string) => {
    const isChange = order.take(step);
    if (isChange) setMovedPart(part);
    return isChange;
  };
  const drag = useLessonDrag(order.outline, (step) => take(step, partOf(step)));
  const focusLater = useFocusLater();
  const canDrag = useHydrated();
  const [params] = useSearchParams();

  const press = (event: FormEvent) => {
    event.preventDefault();
    const pressed = pressedButton(event);
    const read = outlineFormSchema.safeParse({ intent: "move", version, move: pressed?.value });
    if (!pressed || read.data?.intent !== "move") return;
    if (take(read.data, partOf(read.data))) focusLater(pressed.id);
  };
  const shown = order.isSaving ? placeOf(order.outline, movedPart) : tidingOf(outline, params);
  const resultOf = (intent: string) =>
    refusal?.intent === intent ? refusal.lastResult : undefined;
  return (
    <>
      <OutlineStatus
        outline={order.outline}
        tiding={refusal ? "" : shown}
        isSaving={order.isSaving}
      />
      <Form id={movesForm} method="post" preventScrollReset onSubmit={press}>
        <input type="hidden" name="intent" value="move" />
        <input type="hidden" name="version" value={version} />
      </Form>
      <MoveArrows />
      {order.outline.length > 0 && (
        <ol aria-label="Sections" className="grid gap-4" {...drag.handlers}>
          {order.outline.map((section, index) => {
            const open = openForm(params, section.id);
            return (
              <OutlineSectionCard
                key={section.id}
                courseId={course.id}
                version={version}
                section={section}
                isFirst={index === 0}
                isLast={index === order.outline.length - 1}
                open={open}
                freshId={freshIds.lessons[section.id] ?? ""}
                lastResult={resultOf(open === "rename" ? "rename-section" : "add-lesson")}
                dragged={drag.dragged}
                place={drag.place}
                canDrag={canDrag}
                focusLater={focusLater}
              />
            );
          })}
        </ol>
      )}
      <div className="mt-6 max-w-2xl">
        <AddForm
          of="section"
          hidden={{}}
          freshId={freshIds.section}
          lastResult={resultOf("add-section")}
        />
      </div>
    </>
  );
}

function openForm(params: URLSearchParams, sectionId: string): "rename" | "add" | null {
  if (params.get("rename") === sectionId) return "rename";
  return params.get("add") === sectionId ? "add" : null;
}

const partOf = (step: Step) =>
  partName(step.intent === "move" ? step.move : { kind: "lesson", id: step.lessonId });

function pressedButton({ nativeEvent }: FormEvent): HTMLButtonElement | null {
  const pressed = nativeEvent instanceof SubmitEvent ? nativeEvent.submitter : null;
  return pressed instanceof HTMLButtonElement ? pressed : null;
}
