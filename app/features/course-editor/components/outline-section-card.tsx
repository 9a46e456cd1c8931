import { partName } from "../outline-urls";
import type { OutlineSectionProps } from "./outline-editor-props";
import { OutlineLessonRow } from "./outline-lesson-row";
import { OutlineSectionFooter } from "./outline-section-footer";
import { OutlineSectionHeader } from "./outline-section-header";

/** A section with its lessons, and all that can be done to them. */
export function OutlineSectionCard(props: OutlineSectionProps) {
  const { section, place, dragged, isFirst, isLast } = props;
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
          className={`mt-3 text-muted ${place?.sectionId === section.id ? "shadow-[0_2px_0_var(--color-accent)]" : ""}`}
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
              isDragged={lesson.id === dragged}
              canDrag={props.canDrag}
            />
          ))}
        </ol>
      )}
      <OutlineSectionFooter {...props} />
    </li>
  );
}

/** Where the dragged lesson would land, as seen from one of the lessons: it is not counted itself. */
function dropMarkFor(id: string, { section, place, dragged }: OutlineSectionProps) {
  if (place?.sectionId !== section.id) return null;
  const others = section.lessons.filter((lesson) => lesson.id !== dragged);
  const index = others.findIndex((lesson) => lesson.id === id);
  if (index === place.index) return "above";
  return index === others.length - 1 && place.index === others.length ? "below" : null;
}
