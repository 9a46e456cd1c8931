import { z } from "zod";
import type { Metadata } from "../state/users.ts";

const objectSchema = z.record(z.string(), z.json());

/** Merges like Clerk: objects merge recursively, null removes a key, other values replace. */
export function mergeMetadata(current: Metadata, patch: Metadata): Metadata {
  const merged = new Map(Object.entries(current));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      merged.delete(key);
      continue;
    }
    const nested = objectSchema.safeParse(value);
    if (!nested.success) {
      merged.set(key, value);
      continue;
    }
    const previous = objectSchema.safeParse(merged.get(key));
    merged.set(key, mergeMetadata(previous.success ? previous.data : {}, nested.data));
  }
  return Object.fromEntries(merged);
}
