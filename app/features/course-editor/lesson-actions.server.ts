import * as z from "zod";
import { requirePermission } from "~/access/require-permission.server";
import type { AppContext } from "~/context.server";
import { refreshCatalogue } from "~/features/courses/catalog.server";
import type { Lesson } from "~/features/courses/course-view.server";
import { readForm, readHidden } from "~/http/forms.server";
import type { FormRefusal } from "./course-actions.server";
import { versionSchema } from "./course-schema";
import { differing } from "./diff";
import { findEditedLesson, removeLesson, updateLesson } from "./edit-lesson.server";
import { lessonFormSchema, toLessonForm } from "./lesson-schema";

export type LessonOutcome =
  | { kind: "saved"; lesson: Lesson }
  | { kind: "removed"; lessonId: string }
  | { kind: "not-found" }
  | FormRefusal;

const removalSchema = z.lazy(() => z.object({ intent: z.literal("remove") }));

interface Place {
  courseId: string;
  lessonId: string;
}

/**
 * Does what a form on the page of a lesson asks for: new texts, or that the lesson goes.
 * @throws {ForbiddenError} when the role of who asks does not hold the permission.
 * @throws {BadRequestError} when no page of ours sent the form.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
export async function submitLesson(
  context: AppContext,
  place: Place,
  fields: FormData,
): Promise<LessonOutcome> {
  const { id: changedBy } = requirePermission(context, "courses.edit");
  const change = { ...place, changedBy };
  const outcome =
    fields.get("intent") === "remove"
      ? await submitRemoval(context, change, fields)
      : await submitTexts(context, change, fields);
  context.log("admin.lesson_edited", { ...place, outcome: outcome.kind });
  if (outcome.kind === "saved" || outcome.kind === "removed") await refreshCatalogue(context);
  return outcome;
}

async function submitRemoval(
  { db }: AppContext,
  change: Place & { changedBy: string },
  fields: FormData,
): Promise<LessonOutcome> {
  readHidden(fields, removalSchema);
  const found = await findEditedLesson(db, change);
  // Removed twice is removed once.
  if (found) await removeLesson(db, change, found.lesson.title, Date.now());
  return { kind: "removed", lessonId: change.lessonId };
}

async function submitTexts(
  { db }: AppContext,
  change: Place & { changedBy: string },
  fields: FormData,
): Promise<LessonOutcome> {
  const { submission, hidden } = readForm(fields, {
    typed: lessonFormSchema,
    hidden: versionSchema,
  });
  const { version } = hidden;
  if (submission.status !== "success") {
    return { kind: "invalid", lastResult: submission.reply(), version, now: {} };
  }
  const outcome = await updateLesson(db, { ...change, version }, submission.value, Date.now());
  if (outcome.kind !== "changed-meanwhile") return outcome;
  return {
    kind: "changed-meanwhile",
    lastResult: submission.reply(),
    version: outcome.lesson.version,
    now: differing(toLessonForm(outcome.lesson), toLessonForm(submission.value)),
  };
}
