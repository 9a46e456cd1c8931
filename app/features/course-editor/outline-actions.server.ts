import type { SubmissionResult } from "@conform-to/react";
import * as z from "zod";
import { requirePermission } from "~/access/require-permission.server";
import type { AppContext } from "~/context.server";
import { BadRequestError } from "~/errors";
import { refreshCatalogCache } from "~/features/courses/catalog.server";
import { parseForm } from "~/http/forms.server";
import { changeOutline, type OutlineOutcome } from "./edit-outline.server";
import { type OutlineForm, outlineFormSchema } from "./outline-schema";
import { keepScrollField } from "./outline-urls";

const keepScrollSchema = z.lazy(() => z.object({ [keepScrollField]: z.literal("1").optional() }));

export interface OutlineFailure {
  kind: "invalid" | Exclude<OutlineOutcome["kind"], "saved" | "not-found">;
  intent: string;
  lastResult: SubmissionResult;
}

export type OutlineActionOutcome =
  | { kind: "saved"; form: OutlineForm; keepsScroll: boolean }
  | { kind: "not-found" }
  | OutlineFailure;

/** @throws {ForbiddenError | BadRequestError} if a hidden field is invalid. */
export async function submitOutline(
  context: AppContext,
  courseId: string,
  fields: FormData,
): Promise<OutlineActionOutcome> {
  const { id: changedBy } = requirePermission(context, "courses.edit");
  const { submission, hidden } = parseForm(fields, {
    typed: outlineFormSchema,
    hidden: keepScrollSchema,
  });
  if (submission.status !== "success") {
    const invalidFields = Object.keys(submission.error ?? {});
    // Only the title is typed; all other fields are hidden.
    if (invalidFields.some((name) => name !== "title")) {
      throw new BadRequestError(invalidFields.join(", "));
    }
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
  await refreshCatalogCache(context);
  return { kind: "saved", form, keepsScroll: hidden[keepScrollField] !== undefined };
}
