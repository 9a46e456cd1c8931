import { ClerkError } from "./errors.ts";

export const duplicateInvitation = (emailAddress: string) =>
  new ClerkError(
    400,
    "duplicate_record",
    "duplicate invitation",
    undefined,
    `There are already pending invitations for the following email addresses: ${emailAddress}`,
  );

export const invitationAlreadyRevoked = () =>
  new ClerkError(400, "invitation_already_revoked", "Invitation is already revoked.");

export const invitationRevoked = () =>
  new ClerkError(400, "revoked_invitation", "The invitation was revoked.");

export const invitationAccountExists = () =>
  new ClerkError(
    400,
    "invitation_account_exists",
    "account exists",
    undefined,
    "An account already exists for this invitation. Sign in instead.",
  );

export const invitationAccepted = () =>
  new ClerkError(
    400,
    "invitation_already_accepted",
    "Invitation is already accepted, try signing in instead.",
  );
