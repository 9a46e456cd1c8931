import { useSearchParams } from "@remix-run/react";
import { useHydrated } from "~/ui/use-hydrated";
import type { Step } from "../reorder";
import { type OutlineEditorProps, resultOf } from "./outline-editor-props";
import { OutlineSectionCard } from "./outline-section-card";
import { useLessonDrag } from "./use-lesson-drag";

interface OutlineSectionsProps extends OutlineEditorProps {
  take: (step: Step) => void;
  focusLater: (elementId: string) => void;
}

/** The sections in their order; lessons can be dragged from one to another. */
export function OutlineSections({ course, outline, take, ...props }: OutlineSectionsProps) {
  const { handlers, ...drag } = useLessonDrag(outline, take);
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
            freshId={props.freshIds.lessons[section.id] ?? ""}
            lastResult={resultOf(props.refusal, open === "add" ? "add-lesson" : "rename-section")}
            {...drag}
            canDrag={canDrag}
            focusLater={props.focusLater}
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
