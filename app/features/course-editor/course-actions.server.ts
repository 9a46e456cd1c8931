import type { SubmissionResult } from "@conform-to/react";
import * as z from "zod";
import { requirePermission } from "~/access/require-permission.server";
import type { AppContext } from "~/context.server";
import { refreshCatalogCache } from "~/features/courses/catalog.server";
import type { Course } from "~/features/courses/course-view.server";
import { parseForm, parseHiddenFields } from "~/http/forms.server";
import { courseFormSchema, statusFormSchema, toCourseForm, versionSchema } from "./course-schema";
import { conflictingValues } from "./diff";
import { createCourse, setCourseStatus, updateCourse } from "./edit-course.server";

/** A rejected form with everything that was typed. */
export interface FormFailure {
  kind: "invalid" | "conflict";
  lastResult: SubmissionResult;
  version: number;
  /** Saved values of the fields that differ from the typed ones. */
  current: Record<string, string>;
}

export type CourseFailure =
  | FormFailure
  | { kind: "status-conflict" }
  | { kind: "nothing-to-publish" };

export type CourseOutcome =
  | { kind: "saved"; course: Course }
  | { kind: "status-set"; course: Course }
  | { kind: "not-found" }
  | CourseFailure;

export type NewCourseOutcome =
  | { kind: "saved"; course: Course }
  | { kind: "invalid" | "slug-taken"; lastResult: SubmissionResult };

const slugTaken = { fieldErrors: { slug: ["Another course already uses this URL slug."] } };
const newCourseSchema = z.lazy(() => z.object({ id: z.uuid() }));

/** @throws {ForbiddenError | BadRequestError} if a hidden field is invalid. */
export async function submitNewCourse(
  context: AppContext,
  fields: FormData,
): Promise<NewCourseOutcome> {
  const { id: changedBy } = requirePermission(context, "courses.edit");
  const { submission, hidden } = parseForm(fields, {
    typed: courseFormSchema,
    hidden: newCourseSchema,
  });
  const courseId = hidden.id;
  if (submission.status !== "success") {
    return { kind: "invalid", lastResult: submission.reply() };
  }
  const change = { courseId, changedBy };
  const outcome = await createCourse(context.db, change, submission.value, Date.now());
  context.log("admin.course_created", { courseId, outcome: outcome.kind });
  if (outcome.kind === "saved") return outcome;
  return { kind: "slug-taken", lastResult: submission.reply(slugTaken) };
}

/** Saves the details or changes the status. @throws {ForbiddenError | BadRequestError} */
export async function submitCourse(
  context: AppContext,
  courseId: string,
  fields: FormData,
): Promise<CourseOutcome> {
  const { id: changedBy } = requirePermission(context, "courses.edit");
  const change = { courseId, changedBy };
  const outcome = fields.has("status")
    ? await submitStatus(context, change, fields)
    : await submitDetails(context, change, fields);
  context.log("admin.course_edited", { courseId, outcome: outcome.kind });
  if (outcome.kind === "saved" || outcome.kind === "status-set") await refreshCatalogCache(context);
  return outcome;
}

interface Change {
  courseId: string;
  changedBy: string;
}

async function submitStatus(
  { db }: AppContext,
  change: Change,
  fields: FormData,
): Promise<CourseOutcome> {
  const { status, version } = parseHiddenFields(fields, statusFormSchema);
  const outcome = await setCourseStatus(db, { ...change, version }, status, Date.now());
  if (outcome.kind === "saved") return { kind: "status-set", course: outcome.course };
  return outcome.kind === "conflict" ? { kind: "status-conflict" } : outcome;
}

async function submitDetails(
  { db }: AppContext,
  change: Change,
  fields: FormData,
): Promise<CourseOutcome> {
  const { submission, hidden } = parseForm(fields, {
    typed: courseFormSchema,
    hidden: versionSchema,
  });
  const { version } = hidden;
  if (submission.status !== "success") {
    return { kind: "invalid", lastResult: submission.reply(), version, current: {} };
  }
  const outcome = await updateCourse(db, { ...change, version }, submission.value, Date.now());
  switch (outcome.kind) {
    case "slug-taken":
      return { kind: "invalid", lastResult: submission.reply(slugTaken), version, current: {} };
    case "conflict":
      return {
        kind: "conflict",
        lastResult: submission.reply(),
        version: outcome.course.version,
        current: conflictingValues(toCourseForm(outcome.course), toCourseForm(submission.value)),
      };
    default:
      return outcome;
  }
}
