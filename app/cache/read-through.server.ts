import type * as z from "zod";
import { withTimeout } from "~/http/timeout";
import { errorFields, type Log } from "~/log/log.server";
import type { LruCache } from "./lru-cache.server";

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
  /** In front of KV, where a value may be that much older to other isolates than to the one that wrote it. */
  lru?: { cache: LruCache<Value>; seconds: number };
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
  waitUntil: (work: Promise<void>) => void,
): Promise<Value | null> {
  const cached = await readCached(cache, entry);
  if (cached !== null) return cached;
  const loaded = await load();
  if (loaded !== null) waitUntil(put(cache, entry, loaded));
  return loaded;
}

/** Shows a change to the next reader. A failing KV is logged; the old value then lives until it expires. */
export async function writeCached<Value>(
  cache: Cache,
  entry: Entry<Value>,
  value: Value,
): Promise<void> {
  await put(cache, entry, value);
  entry.lru?.cache.delete(entry.key);
}

async function put<Value>(
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

/** The value from memory or else KV; null where there is none that fits, or KV does not answer in time. */
export async function readCached<Value>(cache: Cache, entry: Entry<Value>): Promise<Value | null> {
  const { key, lru } = entry;
  if (!lru) return readKv(cache, entry);
  const hit = lru.cache.get(key);
  if (hit !== undefined) return hit;
  const set = lru.cache.beginSet(key);
  const value = await readKv(cache, entry);
  if (value !== null) set(value, Date.now() + lru.seconds * 1000);
  return value;
}

async function readKv<Value>({ kv, log }: Cache, { key, schema }: Entry<Value>) {
  try {
    const parsed = schema.safeParse(await withTimeout(kv.get(key, "json"), timeoutMs));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    log("cache.read_failed", errorFields(error));
    return null;
  }
}
