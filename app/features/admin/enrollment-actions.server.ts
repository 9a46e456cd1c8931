import type { SubmissionResult } from "@conform-to/react";
import * as z from "zod";
import { requirePermission } from "~/access/require-permission.server";
import type { AppContext } from "~/context.server";
import { findCourse } from "~/features/course-editor/edit-course.server";
import { refreshRecentCourses } from "~/features/learning/recent-courses.server";
import { parseForm, parseHiddenFields } from "~/http/forms.server";
import { idField } from "~/http/id-field";
import { enrollFormSchema } from "./enrollment-schema";
import {
  type EnrollmentChange,
  type EnrollUserOutcome,
  enrollUser,
  revokeEnrollment,
} from "./enrollments.server";

export interface EnrollmentFailure {
  kind: "invalid" | "user-not-found" | "banned" | "ambiguous" | "already-enrolled";
  lastResult: SubmissionResult;
}

export type EnrollmentActionOutcome =
  | { kind: "enrolled"; userId: string }
  | { kind: "revoked"; userId: string }
  | { kind: "not-found" }
  | EnrollmentFailure;

const revokeSchema = z.lazy(() => z.object({ intent: z.literal("revoke"), userId: idField }));
const enrollIntentSchema = z.lazy(() => z.object({ intent: z.enum(["enroll", "enroll-again"]) }));

/** Enrolls a user or revokes an enrollment. @throws {ForbiddenError | BadRequestError} */
export async function handleEnrollmentAction(
  context: AppContext,
  courseId: string,
  fields: FormData,
): Promise<EnrollmentActionOutcome> {
  const { id: changedBy } = requirePermission(context, "enrollments.change");
  if (!(await findCourse(context.db, courseId))) return { kind: "not-found" };
  const change = { courseId, changedBy };
  const outcome =
    fields.get("intent") === "revoke"
      ? await submitRevocation(context, change, fields)
      : await submitEnrollment(context, change, fields);
  if (outcome.kind === "enrolled" || outcome.kind === "revoked") {
    await refreshRecentCourses(context, outcome.userId);
  }
  context.log("admin.people_changed", { courseId, outcome: outcome.kind });
  return outcome;
}

async function submitRevocation(
  { db }: AppContext,
  change: EnrollmentChange,
  fields: FormData,
): Promise<EnrollmentActionOutcome> {
  const { userId } = parseHiddenFields(fields, revokeSchema);
  await revokeEnrollment(db, change, userId, Date.now());
  return { kind: "revoked", userId };
}

async function submitEnrollment(
  { db }: AppContext,
  change: EnrollmentChange,
  fields: FormData,
): Promise<EnrollmentActionOutcome> {
  const { submission } = parseForm(fields, {
    typed: enrollFormSchema,
    hidden: enrollIntentSchema,
  });
  if (submission.status !== "success") return { kind: "invalid", lastResult: submission.reply() };
  const outcome = await enrollUser(db, change, submission.value.who, Date.now());
  if (outcome.kind === "enrolled") return { kind: "enrolled", userId: outcome.userId };
  const fieldErrors = { who: [failureMessage(outcome)] };
  return { kind: outcome.kind, lastResult: submission.reply({ fieldErrors }) };
}

function failureMessage(outcome: Exclude<EnrollUserOutcome, { kind: "enrolled" }>): string {
  switch (outcome.kind) {
    case "user-not-found":
      return "No user has this email address or ID.";
    case "banned":
      return `${outcome.name} is banned. Unban them in Clerk first.`;
    case "ambiguous":
      return `Several users have this email address. Enter one of their IDs: ${outcome.ids.join(", ")}.`;
    case "already-enrolled":
      return `${outcome.name} is already in this course.`;
  }
}
