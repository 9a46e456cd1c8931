import { randomInt } from "node:crypto";
import { randomText } from "../../local-service/state/identifiers.ts";

/** An id in Clerk's format: a type prefix and 27 random characters. */
export const newId = (prefix: string): string => `${prefix}_${randomText(27)}`;

/** Six random digits, as in Clerk's emails. */
export function newCode(): string {
  return randomInt(0, 1_000_000).toString().padStart(6, "0");
}
