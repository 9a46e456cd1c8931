import type { Instance } from "../instance.ts";
import { sendEmail } from "../state/emails.ts";
import { newId } from "../state/identifiers.ts";
import { type Invitation, invitationStatus, invitations } from "../state/invitations.ts";
import { findUserByEmail, type Metadata, normalizeEmail } from "../state/users.ts";
import { identifierExists, resourceNotFound } from "../wire/errors.ts";
import {
  duplicateInvitation,
  invitationAccepted,
  invitationAlreadyRevoked,
  invitationRevoked,
} from "../wire/invitation-errors.ts";
import { ticketExpired, ticketInvalid } from "../wire/ticket-errors.ts";

const dayMs = 24 * 60 * 60 * 1000;

export interface InvitationInput {
  emailAddress: string;
  publicMetadata: Metadata;
  redirectUrl: string | null;
  notify: boolean;
  ignoreExisting: boolean;
  days: number;
}

/** Invites an address that has neither an account nor a pending invitation. */
export function createInvitation(instance: Instance, input: InvitationInput): Invitation {
  const { db, clock } = instance;
  const now = clock.now();
  const emailAddress = normalizeEmail(input.emailAddress);
  if (!input.ignoreExisting) assertInvitable(instance, emailAddress);
  if (input.notify) {
    sendEmail(db, clock, { to: emailAddress, subject: "You have been invited", code: null });
  }
  return invitations.save(db, {
    id: newId("inv"),
    emailAddress,
    publicMetadata: input.publicMetadata,
    token: newId("ticket"),
    redirectUrl: input.redirectUrl,
    status: "pending",
    expireAt: now + input.days * dayMs,
    createdAt: now,
    updatedAt: now,
  });
}

/** Throws 404 for an unknown invitation, and 400 for one that is not pending. */
export function revokeInvitation(instance: Instance, id: string): Invitation {
  const invitation = invitations.find(instance.db, id);
  if (invitation === undefined) throw resourceNotFound("invitation", id);
  if (invitation.status === "revoked") throw invitationAlreadyRevoked();
  if (invitation.status === "accepted") throw invitationAccepted();
  return saveStatus(instance, invitation, "revoked");
}

/** The pending invitation with this token. Throws Clerk's error for one that cannot be used. */
export function findUsableInvitation(instance: Instance, token: string): Invitation {
  const [invitation] = invitations.select(
    instance.db,
    "WHERE json_extract(document, '$.token') = ?",
    token,
  );
  if (invitation === undefined) throw ticketInvalid();
  if (invitation.status === "revoked") throw invitationRevoked();
  if (invitation.status === "accepted") throw invitationAccepted();
  if (invitation.expireAt <= instance.clock.now()) throw ticketExpired();
  return invitation;
}

export function acceptInvitation(instance: Instance, id: string): Invitation | undefined {
  const invitation = invitations.find(instance.db, id);
  return invitation && saveStatus(instance, invitation, "accepted");
}

function assertInvitable(instance: Instance, emailAddress: string): void {
  if (findUserByEmail(instance.db, emailAddress)) throw identifierExists();
  const now = instance.clock.now();
  const existing = invitations.select(instance.db, "WHERE email_address = ?", emailAddress);
  if (existing.some((invitation) => invitationStatus(invitation, now) === "pending")) {
    throw duplicateInvitation(emailAddress);
  }
}

function saveStatus(
  instance: Instance,
  invitation: Invitation,
  status: Invitation["status"],
): Invitation {
  const updatedAt = instance.clock.now();
  return invitations.save(instance.db, { ...invitation, status, updatedAt });
}
