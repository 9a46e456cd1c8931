/** What this isolate has read and may use again for a while. Its values are shared by requests: nobody changes them. */
export interface LruCache<Value> {
  get(key: string): Value | undefined;
  /**
   * Begins to read a value. The function keeps what was found until a time (milliseconds since 1970), unless something was
   * forgotten meanwhile: what was read before a write must not outlive it.
   */
  beginSet(key: string): (value: Value, expiresAt: number) => void;
  delete(key: string): void;
}

/** An LRU cache of so many values. An isolate has 128 MB for everything. */
export function createLruCache<Value>(capacity: number): LruCache<Value> {
  const entries = new Map<string, { value: Value; expiresAt: number }>();
  let writes = 0;
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
      const writesBefore = writes;
      return (value, expiresAt) => {
        if (writes !== writesBefore) return;
        entries.delete(key);
        for (const oldest of entries.keys()) {
          if (entries.size < capacity) break;
          entries.delete(oldest);
        }
        entries.set(key, { value, expiresAt });
      };
    },
    delete(key) {
      writes++;
      entries.delete(key);
    },
  };
}
