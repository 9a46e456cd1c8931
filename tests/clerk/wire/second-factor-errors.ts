import { ClerkError } from "./errors.ts";

export const featureNotEnabled = () =>
  new ClerkError(
    403,
    "feature_not_enabled",
    "not enabled",
    undefined,
    "This feature is not enabled on this instance",
  );

export const totpAlreadyEnabled = () =>
  new ClerkError(
    400,
    "totp_already_enabled",
    "TOTP already enabled",
    undefined,
    "TOTP is already enabled on your account",
  );

export const totpDisabled = () =>
  new ClerkError(
    400,
    "totp_disabled",
    "TOTP is disabled",
    undefined,
    "This user does not have TOTP enabled in their account",
  );

export const totpIncorrect = () =>
  new ClerkError(
    422,
    "totp_incorrect_code",
    "incorrect TOTP",
    undefined,
    "The provided TOTP code is incorrect",
  );

export const backupCodesNotAvailable = () =>
  new ClerkError(
    400,
    "backup_codes_not_available",
    "Backup codes not available",
    undefined,
    "In order to use backup codes, you have to enable any other Multi-factor method",
  );

export const reverificationNotReady = (factor: string) =>
  new ClerkError(
    400,
    "invalid_action_for_session_reverification",
    "Invalid action for session reverification",
    undefined,
    `We were unable to verify a ${factor} for this session, as it's not ready for ${factor} verification.`,
  );

export const reverificationMissing = () =>
  new ClerkError(
    400,
    "session_reverification_missing",
    "is missing",
    undefined,
    "You need to start a new session verification flow first",
  );
