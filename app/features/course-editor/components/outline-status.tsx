import { allLessons, type Outline, totalMinutes } from "~/features/courses/outline";

interface OutlineStatusProps {
  outline: Outline;
  message: string;
  isSaving: boolean;
}

const pluralize = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;

export function OutlineStatus({ outline, message, isSaving }: OutlineStatusProps) {
  const lessons = allLessons(outline);
  return (
    <div className="mb-6 flex flex-wrap items-baseline gap-x-6 gap-y-1">
      <h2 className="text-2xl leading-tight">Outline</h2>
      <p className="text-muted">
        {pluralize(outline.length, "section")}, {pluralize(lessons.length, "lesson")},{" "}
        {totalMinutes(lessons)} min
      </p>
      <p
        id="outline-status"
        role="status"
        tabIndex={-1}
        className={`min-h-[1.6em] basis-full outline-none transition-opacity ${isSaving ? "opacity-60" : ""}`}
      >
        {message}
      </p>
    </div>
  );
}
