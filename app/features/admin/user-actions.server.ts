import { requirePermission } from "~/access/require-permission.server";
import type { AppContext } from "~/context.server";
import { ForbiddenError } from "~/errors";
import { changeRole, type RoleChangeOutcome } from "~/features/users/change-role.server";
import { syncClerkUserMetadataInBackground } from "~/features/users/metadata-push.server";
import { writeCachedUser } from "~/features/users/user-cache.server";
import { assertFieldNames } from "~/http/form-fields.server";
import { type SyncNowOutcome, syncUserNow } from "./sync-user-now.server";
import { parseUserForm, type UserForm, userFormSchema } from "./user-action-schema";
import {
  handleUserCourseAction,
  isUserCourseForm,
  type UserCourseOutcome,
} from "./user-course-actions.server";

export type UserActionOutcome =
  | { kind: "invalid"; reason: string; reasonError: string | null }
  | SyncNowOutcome
  | UserCourseOutcome
  | Exclude<RoleChangeOutcome, { kind: "not-allowed" }>;

type Success = { kind: "changed" | "synced" | "not-found" | "enrolled" | "revoked" };
export type UserActionFailure = Exclude<UserActionOutcome, Success | { kind: "not-added" }>;

/** @throws {BadRequestError | ForbiddenError} also if the permission is lost concurrently. */
export async function handleUserAction(
  context: AppContext,
  userId: string,
  fields: FormData,
): Promise<UserActionOutcome> {
  if (isUserCourseForm(fields)) return handleUserCourseAction(context, userId, fields);
  assertFieldNames(fields, [userFormSchema]);
  const { form, ...invalid } = parseUserForm(fields);
  if (form === null) return { kind: "invalid", ...invalid };
  if (form.intent === "change-role") return changeUserRole(context, userId, form);
  requirePermission(context, "users.sync");
  return syncUserNow(context, userId);
}

/** Updates the cache before responding; the push to Clerk runs in the background. */
async function changeUserRole(
  context: AppContext,
  userId: string,
  form: Extract<UserForm, { intent: "change-role" }>,
) {
  const { clerkUserId } = requirePermission(context, "users.change-role");
  const request = { ...form, userId, changedBy: clerkUserId };
  const outcome = await changeRole(context.db, request, Date.now());
  context.log("admin.role_change", { userId, to: form.to, outcome: outcome.kind });
  if (outcome.kind === "not-allowed") {
    throw new ForbiddenError("The viewer lost the admin role");
  }
  if (outcome.kind === "changed") {
    await writeCachedUser(context, outcome.user);
    syncClerkUserMetadataInBackground(context, outcome.user);
  }
  return outcome;
}
