import type { SubmissionResult } from "@conform-to/react";
import * as z from "zod";
import { requirePermission } from "~/access/require-permission.server";
import type { AppContext } from "~/context.server";
import { BadRequestError } from "~/errors";
import { refreshCatalogue } from "~/features/courses/catalog.server";
import { readForm } from "~/http/forms.server";
import { changeOutline, type OutlineOutcome } from "./edit-outline.server";
import { type OutlineForm, outlineFormSchema } from "./outline-schema";
import { stayField } from "./outline-urls";

const staySchema = z.lazy(() => z.object({ [stayField]: z.literal("1").optional() }));

/** A form that was not carried out; the title in it is not lost. */
export interface OutlineRefusal {
  kind: "invalid" | Exclude<OutlineOutcome["kind"], "saved" | "not-found">;
  intent: string;
  lastResult: SubmissionResult;
}

export type OutlineActionOutcome =
  | { kind: "saved"; form: OutlineForm; stays: boolean }
  | { kind: "not-found" }
  | OutlineRefusal;

/**
 * Changes the outline of a course as a form of its page asks.
 * @throws {ForbiddenError} when the role of who asks does not hold the permission.
 * @throws {BadRequestError} when no page of ours sent the form.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
export async function submitOutline(
  context: AppContext,
  courseId: string,
  fields: FormData,
): Promise<OutlineActionOutcome> {
  const { id: changedBy } = requirePermission(context, "courses.edit");
  const { submission, hidden } = readForm(fields, {
    typed: outlineFormSchema,
    hidden: staySchema,
  });
  if (submission.status !== "success") {
    const wrong = Object.keys(submission.error ?? {});
    // A title is all that anybody types here.
    if (wrong.some((name) => name !== "title")) throw new BadRequestError(wrong.join(", "));
    return { kind: "invalid", intent: `${fields.get("intent")}`, lastResult: submission.reply() };
  }
  const form = submission.value;
  const { intent } = form;
  const outcome = await changeOutline(context.db, { courseId, changedBy }, form, Date.now());
  context.log("admin.outline_changed", { courseId, intent, outcome: outcome.kind });
  if (outcome.kind === "not-found") return outcome;
  if (outcome.kind !== "saved") {
    return { kind: outcome.kind, intent, lastResult: submission.reply() };
  }
  await refreshCatalogue(context);
  return { kind: "saved", form, stays: hidden[stayField] !== undefined };
}
