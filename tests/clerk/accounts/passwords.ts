import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto";
import { passwordTooShort } from "../wire/errors.ts";

const minLength = 8;

/** Cheap on purpose: these accounts protect nothing, and tests create many. */
const cost = { N: 1024, r: 8, p: 1 };

/** Returns a salted hash. Throws `form_password_length_too_short` for the form field. */
export function hashPassword(password: string, paramName = "password"): string {
  if (password.length < minLength) throw passwordTooShort(paramName);
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
