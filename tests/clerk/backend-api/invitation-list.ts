import { z } from "zod";
import type { Instance } from "../instance.ts";
import {
  type Invitation,
  invitationStatus,
  invitationStatuses,
  invitations,
} from "../state/invitations.ts";
import { flagParam, pageQuery, stringParam } from "./request.ts";

const sortFields = ["created_at", "email_address", "expires_at"] as const;

/** Query of `GET /v1/invitations`. */
export const invitationQuery = z.strictObject({
  status: stringParam.pipe(z.enum(invitationStatuses)).optional(),
  query: stringParam.optional(),
  order_by: stringParam
    .pipe(z.templateLiteral([z.enum(["", "+", "-", " "]), z.enum(sortFields)]))
    .default("-created_at"),
  paginated: flagParam.optional(),
  ...pageQuery,
});

/** By default, all invitations that are not revoked. */
export function findInvitations(
  instance: Instance,
  { status, query, order_by }: z.infer<typeof invitationQuery>,
): Invitation[] {
  const now = instance.clock.now();
  const field = order_by.replace(/^[+ -]/, "");
  const direction = order_by.startsWith("-") ? -1 : 1;
  return invitations
    .select(instance.db, "ORDER BY created_at, id")
    .filter((invitation) => {
      const actual = invitationStatus(invitation, now);
      return status === undefined ? actual !== "revoked" : actual === status;
    })
    .filter(({ id, emailAddress }) => !query || id === query || emailAddress.includes(query))
    .sort((a, b) => direction * compare(sortKey(a, field), sortKey(b, field)));
}

function sortKey(invitation: Invitation, field: string): string | number {
  if (field === "email_address") return invitation.emailAddress;
  return field === "expires_at" ? invitation.expireAt : invitation.createdAt;
}

function compare(a: string | number, b: string | number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
