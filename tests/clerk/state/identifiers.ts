import { randomBytes, randomInt } from "node:crypto";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** An id in Clerk's format: a type prefix and 27 random characters. */
export function newId(prefix: string): string {
  const characters = Array.from(randomBytes(27), (byte) => alphabet[byte % alphabet.length]);
  return `${prefix}_${characters.join("")}`;
}

/** Six random digits, as in Clerk's emails. */
export function newCode(): string {
  return randomInt(0, 1_000_000).toString().padStart(6, "0");
}
