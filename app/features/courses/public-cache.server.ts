import { createLruCache } from "~/cache/lru-cache.server";

/** How long another isolate may show visitors what has changed. */
const ttlMs = 10_000;
/** Pages with long texts are large. */
const capacity = 30;

const caches: { clear(): void }[] = [];

/**
 * Reads what is the same for every signed-out visitor, at most once in ten seconds and isolate, so
 * that a burst of requests costs one read of D1. Missing records are not cached.
 */
export function createPublicCache<Value extends object>() {
  const cache = createLruCache<Value>(capacity);
  caches.push(cache);
  return async (key: string, load: () => Promise<Value | null>): Promise<Value | null> => {
    const cached = cache.get(key);
    if (cached) return cached;
    const set = cache.beginSet(key);
    const value = await load();
    if (value) set(value, Date.now() + ttlMs);
    return value;
  };
}

/** After every change of a course or text: this isolate shows it at once. */
export function clearPublicCaches(): void {
  for (const cache of caches) cache.clear();
}
