/** What this isolate has read and may use again for a while. Its values are shared by requests: nobody changes them. */
export interface Memory<Value> {
  get(key: string): Value | undefined;
  /**
   * Begins to read a value. The function keeps what was found until a time (milliseconds since 1970), unless something was
   * forgotten meanwhile: what was read before a write must not outlive it.
   */
  fill(key: string): (value: Value, until: number) => void;
  forget(key: string): void;
}

/** An LRU cache of so many values. An isolate has 128 MB for everything. */
export function createMemory<Value>(capacity: number): Memory<Value> {
  const kept = new Map<string, { value: Value; until: number }>();
  let writes = 0;
  return {
    get(key) {
      const found = kept.get(key);
      if (!found) return undefined;
      kept.delete(key);
      if (Date.now() >= found.until) return undefined;
      kept.set(key, found);
      return found.value;
    },
    fill(key) {
      const writesBefore = writes;
      return (value, until) => {
        if (writes !== writesBefore) return;
        kept.delete(key);
        for (const oldest of kept.keys()) {
          if (kept.size < capacity) break;
          kept.delete(oldest);
        }
        kept.set(key, { value, until });
      };
    },
    forget(key) {
      writes++;
      kept.delete(key);
    },
  };
}
