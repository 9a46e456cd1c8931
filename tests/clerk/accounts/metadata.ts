import { z } from "zod";
import type { Metadata } from "../state/users.ts";
import { sizeExceeded } from "../wire/parameter-errors.ts";

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

/** Clerk's limit for each kind of metadata. */
const maxBytes = 8 * 1024;

/** Throws 422 naming the kind of metadata that is too large. */
export function assertMetadataSizes(metadata: {
  public_metadata?: Metadata | null | undefined;
  private_metadata?: Metadata | null | undefined;
  unsafe_metadata?: Metadata | null | undefined;
}): void {
  const { public_metadata, private_metadata, unsafe_metadata } = metadata;
  for (const [name, value] of Object.entries({
    public_metadata,
    private_metadata,
    unsafe_metadata,
  })) {
    if (value && Buffer.byteLength(JSON.stringify(value)) > maxBytes) {
      throw sizeExceeded(name, maxBytes);
    }
  }
}
