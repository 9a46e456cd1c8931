import type * as z from "zod";
import { errorFields, type Log } from "../log.server";
import { withTimeout } from "../timeout";

export interface Cache {
  kv: KVNamespace;
  log: Log;
}

/** Past this, asking D1 is quicker than waiting for KV. */
const timeoutMs = 1_000;

interface Entry<Value> {
  key: string;
  schema: z.ZodType<Value>;
  /** How long KV keeps a value, in seconds; KV takes 60 or more. */
  ttlSeconds: number;
}

/**
 * The cached value, else what `load` finds, kept for the next reader. Only found values are kept: a miss is never cached.
 * A failing KV costs time, never the answer.
 * @throws whatever `load` throws.
 */
export async function readThrough<Value>(
  cache: Cache,
  entry: Entry<Value>,
  load: () => Promise<Value | null>,
  keep: (work: Promise<void>) => void,
): Promise<Value | null> {
  const cached = await readCached(cache, entry);
  if (cached !== null) return cached;
  const loaded = await load();
  if (loaded !== null) keep(writeCached(cache, entry, loaded));
  return loaded;
}

/** Puts a value in the cache. A failing KV is logged; the old value then lives until it expires. */
export async function writeCached<Value>(
  { kv, log }: Cache,
  { key, ttlSeconds }: Entry<Value>,
  value: Value,
): Promise<void> {
  try {
    const stored = kv.put(key, JSON.stringify(value), { expirationTtl: ttlSeconds });
    await withTimeout(stored, timeoutMs);
  } catch (error) {
    log("cache.write_failed", errorFields(error));
  }
}

/** The cached value; null where there is none that fits, or KV does not answer in time. */
export async function readCached<Value>(
  { kv, log }: Cache,
  { key, schema }: Entry<Value>,
): Promise<Value | null> {
  try {
    const parsed = schema.safeParse(await withTimeout(kv.get(key, "json"), timeoutMs));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    log("cache.read_failed", errorFields(error));
    return null;
  }
}
