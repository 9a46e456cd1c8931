import type { CourseStatus } from "~/db/enums";
import { Badge } from "~/ui/badge";

const notes = {
  draft: ["Draft", "Only admins can see this."],
  archived: ["Archived", "This course is no longer offered. Enrolled learners keep access."],
} as const;

export function CourseStatusNote({ status }: { status: CourseStatus }) {
  if (status === "published") return null;
  const [label, text] = notes[status];
  return (
    <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-muted">
      <Badge tone="accent">{label}</Badge>
      {text}
    </p>
  );
}
