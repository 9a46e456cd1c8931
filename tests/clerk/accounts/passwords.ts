import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto";
import { passwordTooShort } from "../wire/errors.ts";

const minimumLength = 8;

/** Cheap on purpose: these accounts guard nothing, and tests create many. */
const cost = { N: 1024, r: 8, p: 1 };

/** A salted hash. Throws `form_password_length_too_short` naming the form field. */
export function hashPassword(password: string, paramName = "password"): string {
  if (password.length < minimumLength) throw passwordTooShort(paramName);
  const salt = randomBytes(16);
  const hash = scryptSync(password, salt, 32, cost);
  return `${salt.toString("base64url")}.${hash.toString("base64url")}`;
}

export function passwordMatches(stored: string | null, password: string): boolean {
  const [salt, hash] = stored?.split(".") ?? [];
  if (salt === undefined || hash === undefined) return false;
  const actual = scryptSync(password, Buffer.from(salt, "base64url"), 32, cost);
  return timingSafeEqual(actual, Buffer.from(hash, "base64url"));
}
