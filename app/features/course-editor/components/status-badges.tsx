import type { CourseStatus, LessonStatus } from "~/db/enums";
import { Label, type Tone } from "~/ui/badge";

const courseTones: Record<CourseStatus, Tone> = {
  draft: "strong",
  published: "good",
  archived: "plain",
};

export function CourseStatusLabel({ status }: { status: CourseStatus }) {
  return <Label tone={courseTones[status]}>{status}</Label>;
}

const lessonTones: Record<LessonStatus, Tone> = {
  public: "good",
  preview: "strong",
  private: "plain",
};

export function LessonStatusLabel({ status }: { status: LessonStatus }) {
  return <Label tone={lessonTones[status]}>{status}</Label>;
}
