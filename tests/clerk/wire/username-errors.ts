import { ClerkError } from "./errors.ts";

export const usernameLengthInvalid = (min: number, max: number) =>
  usernameError(
    "form_username_invalid_length",
    `Username must be between ${min} and ${max} characters long.`,
  );

export const usernameCharacterInvalid = () =>
  usernameError(
    "form_username_invalid_character",
    "Username can only contain letters, numbers, hyphens and underscores.",
  );

export const usernameNeedsNonNumber = () =>
  usernameError(
    "form_username_needs_non_number_char",
    "Username must contain one non-number character.",
  );

const usernameError = (code: string, message: string) =>
  new ClerkError(422, code, message, "username");
