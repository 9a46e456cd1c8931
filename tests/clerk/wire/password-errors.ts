import { ClerkError } from "./errors.ts";

export const passwordIncorrect = (paramName = "password") =>
  new ClerkError(
    422,
    "form_password_incorrect",
    "Password is incorrect. Try again, or use another method.",
    paramName,
  );

/** The answer of the Backend API's `verify_password`. */
export const wrongPassword = () =>
  new ClerkError(
    422,
    "incorrect_password",
    "incorrect password",
    undefined,
    "The provided password is not the one the user has set",
  );

export const noPasswordSet = () =>
  new ClerkError(
    400,
    "no_password_set",
    "no password set",
    undefined,
    "This user does not have a password set for their account",
  );

export const passwordRequired = () =>
  new ClerkError(
    400,
    "password_required",
    "password required",
    undefined,
    "Settings for this instance require a password to be set. Cannot remove the user's password.",
  );

export const passwordTooShort = (paramName: string, minLength: number) =>
  new ClerkError(
    422,
    "form_password_length_too_short",
    `Passwords must be ${minLength} characters or more.`,
    paramName,
  );

export const passwordMatchesIdentifier = (paramName: string) =>
  new ClerkError(
    422,
    "form_password_matches_identifier",
    "Password cannot match your email address, phone number or username. For account safety, please use a different password.",
    paramName,
  );

export const passwordTooLong = (paramName: string, maxLength: number) =>
  new ClerkError(
    422,
    "form_password_length_too_long",
    `Passwords must be less than ${maxLength} characters.`,
    paramName,
  );
