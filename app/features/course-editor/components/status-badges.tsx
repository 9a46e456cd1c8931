import type { CourseStatus, LessonStatus } from "~/db/enums";
import { lessonStatusLabels } from "~/features/courses/format";
import { Badge, type BadgeTone } from "~/ui/badge";

const courseTones: Record<CourseStatus, BadgeTone> = {
  draft: "accent",
  published: "success",
  archived: "neutral",
};

export function CourseStatusBadge({ status }: { status: CourseStatus }) {
  return <Badge tone={courseTones[status]}>{status}</Badge>;
}

const lessonTones: Record<LessonStatus, BadgeTone> = {
  public: "success",
  preview: "accent",
  private: "neutral",
};

export function LessonStatusBadge({ status }: { status: LessonStatus }) {
  return <Badge tone={lessonTones[status]}>{lessonStatusLabels[status]}</Badge>;
}
