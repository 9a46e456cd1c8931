import { useSearchParams } from "@remix-run/react";
import { useHydrated } from "~/ui/hydration";
import type { ReorderStep } from "../reorder";
import { type OutlineEditorProps, resultForIntent } from "./outline-editor-props";
import { OutlineSectionCard } from "./outline-section-card";
import { useLessonDrag } from "./use-lesson-drag";

interface OutlineSectionListProps extends OutlineEditorProps {
  applyMove: (step: ReorderStep) => void;
  deferFocus: (elementId: string) => void;
}

export function OutlineSectionList({
  course,
  outline,
  applyMove,
  ...props
}: OutlineSectionListProps) {
  const { handlers, ...drag } = useLessonDrag(outline, applyMove);
  const canDrag = useHydrated();
  const [params] = useSearchParams();
  return (
    <ol aria-label="Sections" className="grid gap-4" {...handlers}>
      {outline.map((section, index) => {
        const open = openForm(params, section.id);
        return (
          <OutlineSectionCard
            key={section.id}
            courseId={course.id}
            version={course.version}
            section={section}
            isFirst={index === 0}
            isLast={index === outline.length - 1}
            open={open}
            newId={props.newIds.lessons[section.id] ?? ""}
            lastResult={resultForIntent(
              props.failure,
              open === "add" ? "add-lesson" : "rename-section",
            )}
            {...drag}
            canDrag={canDrag}
            deferFocus={props.deferFocus}
          />
        );
      })}
    </ol>
  );
}

function openForm(params: URLSearchParams, sectionId: string): "rename" | "add" | null {
  if (params.get("rename") === sectionId) return "rename";
  return params.get("add") === sectionId ? "add" : null;
}
