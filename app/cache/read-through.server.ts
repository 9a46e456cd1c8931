import type * as z from "zod";
import { errorFields, type Log } from "../log.server";

export interface Cache {
  kv: KVNamespace;
  log: Log;
}

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
    await kv.put(key, JSON.stringify(value), { expirationTtl: ttlSeconds });
  } catch (error) {
    log("cache.write_failed", errorFields(error));
  }
}

async function readCached<Value>(
  { kv, log }: Cache,
  { key, schema }: Entry<Value>,
): Promise<Value | null> {
  try {
    const parsed = schema.safeParse(await kv.get(key, "json"));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    log("cache.read_failed", errorFields(error));
    return null;
  }
}
