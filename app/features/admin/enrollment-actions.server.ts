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

/** The form was not carried out; what is wrong stands beside what was typed. */
export interface EnrollmentFailure {
  kind: "invalid" | "no-such-user" | "ambiguous" | "already-enrolled";
  lastResult: SubmissionResult;
}

export type EnrollmentActionOutcome =
  | { kind: "enrolled"; userId: string }
  | { kind: "revoked"; userId: string }
  | { kind: "not-found" }
  | EnrollmentFailure;

const revokeSchema = z.lazy(() => z.object({ intent: z.literal("revoke"), userId: idField }));
const enrollIntentSchema = z.lazy(() => z.object({ intent: z.enum(["enroll", "enroll-again"]) }));

/**
 * Lets somebody into a course, or closes it to them, as a form of its page asks.
 * @throws {ForbiddenError} when the role of who asks does not hold the permission.
 * @throws {BadRequestError} when no page of ours sent the form.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
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
    case "no-such-user":
      return "Nobody here has this e-mail address or id.";
    case "ambiguous":
      return `Several people have this address. Give the id of one of them: ${outcome.ids.join(", ")}.`;
    case "already-enrolled":
      return `${outcome.name} is in this course already.`;
  }
}
