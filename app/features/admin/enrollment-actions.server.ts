import type { SubmissionResult } from "@conform-to/react";
import * as z from "zod";
import { requirePermission } from "~/access/require-permission.server";
import type { AppContext } from "~/context.server";
import { findCourse } from "~/features/course-editor/edit-course.server";
import { refreshRecentCourses } from "~/features/learning/recent-courses.server";
import { parseForm, parseHiddenFields } from "~/http/forms.server";
import { idField } from "~/http/id-field";
import { type EnrollUserOutcome, enrollUsers } from "./enroll-users.server";
import { enrollmentMessage } from "./enrollment-message";
import { enrollFormSchema } from "./enrollment-schema";
import { type EnrollmentChange, revokeEnrollment } from "./enrollments.server";

/** Some may have been added, or were already in the course. */
export interface EnrollmentFailure {
  kind: "invalid" | "not-added";
  added: number;
  lastResult: SubmissionResult;
}

export type EnrollmentActionOutcome =
  | { kind: "enrolled"; userIds: string[]; alreadyEnrolled: number }
  | { kind: "revoked"; userIds: [string] }
  | { kind: "not-found" }
  | EnrollmentFailure;

const revokeSchema = z.lazy(() => z.object({ intent: z.literal("revoke"), userId: idField }));
const enrollIntentSchema = z.lazy(() => z.object({ intent: z.enum(["enroll", "enroll-again"]) }));

/** Enrolls users or revokes an enrollment. @throws {ForbiddenError | BadRequestError} */
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
      : await submitEnrollments(context, change, fields);
  context.log("admin.people_changed", { courseId, outcome: outcome.kind });
  return outcome;
}

async function submitRevocation(
  context: AppContext,
  change: EnrollmentChange,
  fields: FormData,
): Promise<EnrollmentActionOutcome> {
  const { userId } = parseHiddenFields(fields, revokeSchema);
  await revokeEnrollment(context.db, change, userId, Date.now());
  await refreshRecentCourses(context, userId);
  return { kind: "revoked", userIds: [userId] };
}

async function submitEnrollments(
  context: AppContext,
  change: EnrollmentChange,
  fields: FormData,
): Promise<EnrollmentActionOutcome> {
  const { submission } = parseForm(fields, {
    typed: enrollFormSchema,
    hidden: enrollIntentSchema,
  });
  if (submission.status !== "success") {
    return { kind: "invalid", added: 0, lastResult: submission.reply() };
  }
  const outcomes = await enrollUsers(context.db, change, submission.value.who, Date.now());
  const enrolled = outcomes.flatMap((one) => (one.kind === "enrolled" ? [one.userId] : []));
  const userIds = [...new Set(enrolled)];
  await Promise.all(userIds.map((userId) => refreshRecentCourses(context, userId)));
  const failures = outcomes.filter(({ kind }) => isFailure(kind, outcomes.length));
  if (failures.length > 0) {
    const fieldErrors = { who: failures.map(enrollmentMessage) };
    const lastResult = submission.reply({ fieldErrors });
    return { kind: "not-added", added: userIds.length, lastResult };
  }
  return { kind: "enrolled", userIds, alreadyEnrolled: outcomes.length - enrolled.length };
}

/** In a list, those who are in the course already are only counted. */
const isFailure = (kind: EnrollUserOutcome["kind"], entered: number) =>
  kind !== "enrolled" && (kind !== "already-enrolled" || entered === 1);
