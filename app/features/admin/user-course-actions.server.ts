import type { SubmissionResult } from "@conform-to/react";
import * as z from "zod";
import { requirePermission } from "~/access/require-permission.server";
import type { AppContext } from "~/context.server";
import { refreshRecentCourses } from "~/features/learning/recent-courses.server";
import { parseForm, parseHiddenFields } from "~/http/forms.server";
import { idField } from "~/http/id-field";
import { enrollUsers } from "./enroll-users.server";
import { enrollmentMessage } from "./enrollment-message";
import { addCourseFormSchema } from "./enrollment-schema";
import { revokeEnrollment } from "./enrollments.server";
import { findCoursesByText } from "./user-courses.server";

export interface AddCourseFailure {
  kind: "not-added";
  lastResult: SubmissionResult;
}

export type UserCourseOutcome =
  | { kind: "enrolled"; courseId: string }
  | { kind: "revoked"; courseId: string }
  | AddCourseFailure;

const intents = ["add-course", "enroll-again", "revoke"] as const;
const changeSchema = z.lazy(() =>
  z.object({ intent: z.enum(["enroll-again", "revoke"]), courseId: idField }),
);
const addIntentSchema = z.lazy(() => z.object({ intent: z.literal("add-course") }));

/** True if the form is about a course of the user. */
export const isUserCourseForm = (fields: FormData): boolean =>
  intents.some((intent) => intent === fields.get("intent"));

/** Adds the user to a course or revokes access. @throws {ForbiddenError | BadRequestError} */
export async function handleUserCourseAction(
  context: AppContext,
  userId: string,
  fields: FormData,
): Promise<UserCourseOutcome> {
  const { id: changedBy } = requirePermission(context, "enrollments.change");
  const outcome =
    fields.get("intent") === "add-course"
      ? await addCourse(context, { userId, changedBy }, fields)
      : await changeAccess(context, { userId, changedBy }, fields);
  if (outcome.kind !== "not-added") {
    await refreshRecentCourses(context, userId);
    context.log("admin.people_changed", { courseId: outcome.courseId, outcome: outcome.kind });
  }
  return outcome;
}

interface UserChange {
  userId: string;
  changedBy: string;
}

async function changeAccess(
  { db }: AppContext,
  { userId, changedBy }: UserChange,
  fields: FormData,
): Promise<UserCourseOutcome> {
  const { intent, courseId } = parseHiddenFields(fields, changeSchema);
  const change = { courseId, changedBy };
  if (intent === "enroll-again") {
    await enrollUsers(db, change, [userId], Date.now());
    return { kind: "enrolled", courseId };
  }
  await revokeEnrollment(db, change, userId, Date.now());
  return { kind: "revoked", courseId };
}

async function addCourse(
  { db }: AppContext,
  { userId, changedBy }: UserChange,
  fields: FormData,
): Promise<UserCourseOutcome> {
  const { submission } = parseForm(fields, { typed: addCourseFormSchema, hidden: addIntentSchema });
  if (submission.status !== "success") return { kind: "not-added", lastResult: submission.reply() };
  const fail = (message: string): AddCourseFailure => ({
    kind: "not-added",
    lastResult: submission.reply({ fieldErrors: { course: [message] } }),
  });
  const found = await findCoursesByText(db, submission.value.course);
  const [course] = found;
  if (!course) return fail("No course has this title or URL slug.");
  if (found.length > 1) {
    const slugs = found.map(({ slug }) => slug).join(", ");
    return fail(`Several courses have this title. Enter one of their URL slugs: ${slugs}.`);
  }
  const change = { courseId: course.id, changedBy };
  const [outcome] = await enrollUsers(db, change, [userId], Date.now());
  if (outcome?.kind === "enrolled") return { kind: "enrolled", courseId: course.id };
  return fail(outcome ? enrollmentMessage(outcome) : "Nobody was added.");
}
