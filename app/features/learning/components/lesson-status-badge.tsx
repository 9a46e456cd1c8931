import type { LessonStatus } from "~/db/enums";
import { lessonStatusLabels } from "~/features/courses/format";
import { Badge } from "~/ui/badge";

interface LessonStatusBadgeProps {
  status: LessonStatus;
  isEnrolled: boolean;
}

/** To enrolled users, a preview is a lesson like any other. */
export function LessonStatusBadge({ status, isEnrolled }: LessonStatusBadgeProps) {
  if (status === "public" || (status === "preview" && isEnrolled)) return null;
  const tone = status === "preview" ? "accent" : "neutral";
  return <Badge tone={tone}>{lessonStatusLabels[status]}</Badge>;
}
