import * as z from "zod";
import { requirePermission } from "~/access/require-permission.server";
import type { AppContext } from "~/context.server";
import { refreshCatalogCache } from "~/features/courses/catalog.server";
import type { Lesson } from "~/features/courses/course-view.server";
import { parseForm, parseHiddenFields } from "~/http/forms.server";
import type { FormFailure } from "./course-actions.server";
import { versionSchema } from "./course-schema";
import { conflictingValues } from "./diff";
import { findLessonForEditor, removeLesson, updateLesson } from "./edit-lesson.server";
import { lessonFormSchema, toLessonForm } from "./lesson-schema";

export type LessonOutcome =
  | { kind: "saved"; lesson: Lesson }
  | { kind: "removed"; lessonId: string }
  | { kind: "not-found" }
  | FormFailure;

const removalSchema = z.lazy(() => z.object({ intent: z.literal("remove") }));

interface LessonRef {
  courseId: string;
  lessonId: string;
}

/** Saves or removes a lesson. @throws {ForbiddenError | BadRequestError} */
export async function submitLesson(
  context: AppContext,
  lessonRef: LessonRef,
  fields: FormData,
): Promise<LessonOutcome> {
  const { id: changedBy } = requirePermission(context, "courses.edit");
  const change = { ...lessonRef, changedBy };
  const outcome =
    fields.get("intent") === "remove"
      ? await submitRemoval(context, change, fields)
      : await submitEdit(context, change, fields);
  context.log("admin.lesson_edited", { ...lessonRef, outcome: outcome.kind });
  if (outcome.kind === "saved" || outcome.kind === "removed") await refreshCatalogCache(context);
  return outcome;
}

async function submitRemoval(
  { db }: AppContext,
  change: LessonRef & { changedBy: string },
  fields: FormData,
): Promise<LessonOutcome> {
  parseHiddenFields(fields, removalSchema);
  const found = await findLessonForEditor(db, change);
  if (found) await removeLesson(db, change, found.lesson.title, Date.now());
  return { kind: "removed", lessonId: change.lessonId };
}

async function submitEdit(
  { db }: AppContext,
  change: LessonRef & { changedBy: string },
  fields: FormData,
): Promise<LessonOutcome> {
  const { submission, hidden } = parseForm(fields, {
    typed: lessonFormSchema,
    hidden: versionSchema,
  });
  const { version } = hidden;
  if (submission.status !== "success") {
    return { kind: "invalid", lastResult: submission.reply(), version, current: {} };
  }
  const outcome = await updateLesson(db, { ...change, version }, submission.value, Date.now());
  if (outcome.kind !== "conflict") return outcome;
  return {
    kind: "conflict",
    lastResult: submission.reply(),
    version: outcome.lesson.version,
    current: conflictingValues(toLessonForm(outcome.lesson), toLessonForm(submission.value)),
  };
}
