import type { CourseStatus } from "~/db/enums";
import { Badge } from "~/ui/badge";

const notes = {
  draft: ["Draft", "Only admins see this."],
  archived: ["Archived", "It is no longer offered; whoever is in it keeps it."],
} as const;

/** What is unusual about a course that is not published. */
export function CourseStatusNote({ status }: { status: CourseStatus }) {
  if (status === "published") return null;
  const [word, text] = notes[status];
  return (
    <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-muted">
      <Badge tone="accent">{word}</Badge>
      {text}
    </p>
  );
}
