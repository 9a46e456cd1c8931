/** Per-isolate cache. Requests share its values, so callers must not mutate them. */
export interface LruCache<Value> {
  get(key: string): Value | undefined;
  /**
   * Starts a load. The returned setter does nothing after a `delete`, so no stale value is cached.
   */
  beginSet(key: string): (value: Value, expiresAt: number) => void;
  delete(key: string): void;
  clear(): void;
}

/** `capacity` must stay small: an isolate has 128 MB for everything. */
export function createLruCache<Value>(capacity: number): LruCache<Value> {
  const entries = new Map<string, { value: Value; expiresAt: number }>();
  let deletions = 0;
  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      if (Date.now() >= entry.expiresAt) return undefined;
      entries.set(key, entry);
      return entry.value;
    },
    beginSet(key) {
      const deletionsBefore = deletions;
      return (value, expiresAt) => {
        if (deletions !== deletionsBefore) return;
        entries.delete(key);
        for (const oldest of entries.keys()) {
          if (entries.size < capacity) break;
          entries.delete(oldest);
        }
        entries.set(key, { value, expiresAt });
      };
    },
    delete(key) {
      deletions++;
      entries.delete(key);
    },
    clear() {
      deletions++;
      entries.clear();
    },
  };
}
