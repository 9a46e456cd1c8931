import { partName } from "../outline-urls";
import type { OutlineSectionProps } from "./outline-editor-props";
import { OutlineLessonRow } from "./outline-lesson-row";
import { OutlineSectionFooter } from "./outline-section-footer";
import { OutlineSectionHeader } from "./outline-section-header";

export function OutlineSectionCard(props: OutlineSectionProps) {
  const { section, dropPosition, draggedId, isFirst, isLast } = props;
  const lastIndex = section.lessons.length - 1;
  return (
    <li
      id={partName({ kind: "section", id: section.id })}
      data-section={section.id}
      className="rounded-lg border border-line bg-surface px-4 py-4 sm:px-6"
    >
      <OutlineSectionHeader {...props} />
      {section.lessons.length === 0 ? (
        <p
          className={`mt-3 text-muted ${dropPosition?.sectionId === section.id ? "shadow-[0_2px_0_var(--color-accent)]" : ""}`}
        >
          No lessons yet.
        </p>
      ) : (
        <ol aria-label={`Lessons of ${section.title}`} className="mt-3 divide-y divide-line">
          {section.lessons.map((lesson, index) => (
            <OutlineLessonRow
              key={lesson.id}
              courseId={props.courseId}
              lesson={lesson}
              isFirst={isFirst && index === 0}
              isLast={isLast && index === lastIndex}
              dropMark={dropMarkFor(lesson.id, props)}
              isDragged={lesson.id === draggedId}
              canDrag={props.canDrag}
            />
          ))}
        </ol>
      )}
      <OutlineSectionFooter {...props} />
    </li>
  );
}

function dropMarkFor(id: string, { section, dropPosition, draggedId }: OutlineSectionProps) {
  if (dropPosition?.sectionId !== section.id) return null;
  const others = section.lessons.filter((lesson) => lesson.id !== draggedId);
  const index = others.findIndex((lesson) => lesson.id === id);
  if (index === dropPosition.index) return "above";
  return index === others.length - 1 && dropPosition.index === others.length ? "below" : null;
}
