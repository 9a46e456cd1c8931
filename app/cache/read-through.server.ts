import type * as z from "zod";
import { withTimeout } from "~/http/timeout";
import { errorFields, type Log } from "~/log/log.server";
import type { LruCache } from "./lru-cache.server";

export interface Cache {
  kv: KVNamespace;
  log: Log;
}

/** Beyond this, reading D1 is faster than waiting for KV. */
const timeoutMs = 1_000;

interface Entry<Value> {
  key: string;
  schema: z.ZodType<Value>;
  /** At least 60, KV's minimum. */
  ttlSeconds: number;
  /** In-memory layer in front of KV; other isolates may serve an old value for this long. */
  lru?: { cache: LruCache<Value>; seconds: number };
}

/** Returns the cached value or calls `load`; misses are not cached, KV failures are ignored. */
export async function readThrough<Value>(
  cache: Cache,
  entry: Entry<Value>,
  load: () => Promise<Value | null>,
  waitUntil: (work: Promise<unknown>) => void,
): Promise<Value | null> {
  const cached = await readCached(cache, entry);
  if (cached !== null) return cached;
  const loaded = await load();
  if (loaded !== null) waitUntil(put(cache, entry, loaded));
  return loaded;
}

/** Writes through to KV. False if that fails: the old value then stays until it expires. */
export async function writeCached<Value>(
  cache: Cache,
  entry: Entry<Value>,
  value: Value,
): Promise<boolean> {
  const isWritten = await put(cache, entry, value);
  entry.lru?.cache.delete(entry.key);
  return isWritten;
}

async function put<Value>(
  { kv, log }: Cache,
  { key, ttlSeconds }: Entry<Value>,
  value: Value,
): Promise<boolean> {
  try {
    const stored = kv.put(key, JSON.stringify(value), { expirationTtl: ttlSeconds });
    await withTimeout(stored, timeoutMs);
    return true;
  } catch (error) {
    log("cache.write_failed", errorFields(error));
    return false;
  }
}

/** Null on a miss, an invalid value or a KV failure. */
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
