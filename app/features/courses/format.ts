import type { LessonStatus } from "~/db/enums";

/** "45 min", "2 h", "1 h 20 min". */
export function formatMinutes(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

export const formatLessonCount = (count: number) =>
  `${count} ${count === 1 ? "lesson" : "lessons"}`;

export const lessonStatusLabels: Record<LessonStatus, string> = {
  public: "Enrolled",
  preview: "Preview",
  private: "Hidden",
};
