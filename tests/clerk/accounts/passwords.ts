import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto";
import {
  passwordMatchesIdentifier,
  passwordTooLong,
  passwordTooShort,
} from "../wire/password-errors.ts";

export const passwordLength = { min: 8, max: 72 };

/** Cheap on purpose: these accounts protect nothing, and tests create many. */
const cost = { N: 1024, r: 8, p: 1 };

/**
 * Returns a salted hash. Throws Clerk's error for a password that is too short, too long, or the
 * same as an identifier of the user.
 */
export function hashPassword(
  password: string,
  identifiers: string[] = [],
  paramName = "password",
): string {
  const { min, max } = passwordLength;
  if (password.length < min) throw passwordTooShort(paramName, min);
  if (password.length > max) throw passwordTooLong(paramName, max);
  const isIdentifier = (text: string) => text.toLowerCase() === password.toLowerCase();
  if (identifiers.some(isIdentifier)) throw passwordMatchesIdentifier(paramName);
  return hashUnchecked(password);
}

/** For `skip_password_checks`. */
export function hashUnchecked(password: string): string {
  const salt = randomBytes(16);
  const hash = scryptSync(password, salt, 32, cost);
  return `${salt.toString("base64url")}.${hash.toString("base64url")}`;
}

export function passwordMatches(storedHash: string | null, password: string): boolean {
  const [salt, hash] = storedHash?.split(".") ?? [];
  if (salt === undefined || hash === undefined) return false;
  const actual = scryptSync(password, Buffer.from(salt, "base64url"), 32, cost);
  return timingSafeEqual(actual, Buffer.from(hash, "base64url"));
}
