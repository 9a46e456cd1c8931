import { Link } from "@remix-run/react";
import { memo } from "react";
import type { OutlineLesson } from "~/features/courses/outline";
import { partName } from "../outline-urls";
import { MoveButton } from "./move-button";
import { LessonStatusBadge } from "./status-badges";

interface OutlineLessonRowProps {
  courseId: string;
  lesson: OutlineLesson;
  isFirst: boolean;
  isLast: boolean;
  dropMark: "above" | "below" | null;
  isDragged: boolean;
  canDrag: boolean;
}

const dropMarkClasses = {
  above: "shadow-[0_-2px_0_var(--color-accent)]",
  below: "shadow-[0_2px_0_var(--color-accent)]",
};

/** Memoized because a course may have a thousand lessons. */
export const OutlineLessonRow = memo(function OutlineLessonRow({
  courseId,
  lesson,
  isFirst,
  isLast,
  dropMark,
  isDragged,
  canDrag,
}: OutlineLessonRowProps) {
  const part = partName({ kind: "lesson", id: lesson.id });
  return (
    <li
      id={part}
      data-lesson={lesson.id}
      className={`flex items-center gap-x-3 py-2 ${dropMark ? dropMarkClasses[dropMark] : ""} ${isDragged ? "opacity-40" : ""}`}
    >
      {canDrag && <DragHandle />}
      <div className="flex min-w-0 grow flex-wrap items-baseline gap-x-3 gap-y-0.5">
        <Link
          to={`/admin/courses/${courseId}/lessons/${lesson.id}`}
          draggable={false}
          className="underline decoration-line underline-offset-4 [overflow-wrap:anywhere] hover:decoration-ink"
        >
          {lesson.title}
        </Link>
        <span className="flex items-baseline gap-x-3 text-sm text-muted">
          <LessonStatusBadge status={lesson.status} />
          <span className="whitespace-nowrap">{lesson.durationMinutes} min</span>
        </span>
      </div>
      <div className="flex gap-x-1">
        <MoveButton part={part} title={lesson.title} direction="up" isAtEnd={isFirst} />
        <MoveButton part={part} title={lesson.title} direction="down" isAtEnd={isLast} />
      </div>
    </li>
  );
});

/** For pointers only; keyboards use the move buttons. */
function DragHandle() {
  return (
    <span
      draggable
      aria-hidden="true"
      title="Drag to reorder"
      className="-m-1 cursor-grab p-1 text-muted select-none max-sm:hidden"
    >
      <svg viewBox="0 0 10 16" aria-hidden="true" className="h-4 w-2.5 fill-current">
        <path d="M1 2h2v2H1zM7 2h2v2H7zM1 7h2v2H1zM7 7h2v2H7zM1 12h2v2H1zM7 12h2v2H7z" />
      </svg>
    </span>
  );
}
