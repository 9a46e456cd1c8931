import { z } from "zod";
import type { Metadata } from "../state/users.ts";

const objectSchema = z.record(z.string(), z.json());

/** Clerk's merge of metadata: objects merge key by key, null removes a key, all else replaces. */
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
    const before = objectSchema.safeParse(merged.get(key));
    merged.set(key, mergeMetadata(before.success ? before.data : {}, nested.data));
  }
  return Object.fromEntries(merged);
}
