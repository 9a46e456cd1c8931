import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createLruCache } from "../../app/cache/lru-cache.server.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

test("keeps a value until it expires", () => {
  const cache = createLruCache<string>(10);
  cache.beginSet("ada")("Ada", Date.now() + 10_000);
  vi.advanceTimersByTime(9_999);
  expect(cache.get("ada")).toBe("Ada");
  vi.advanceTimersByTime(1);
  expect(cache.get("ada")).toBeUndefined();
});

test("evicts the oldest value when full", () => {
  const cache = createLruCache<number>(2);
  for (const [key, value] of Object.entries({ one: 1, two: 2, three: 3 })) {
    cache.beginSet(key)(value, Date.now() + 1_000);
  }
  expect(["one", "two", "three"].map((key) => cache.get(key))).toEqual([undefined, 2, 3]);
});

/** Steps of concurrent readers and writers of one record; a reader reads before it caches. */
const step = fc.oneof(
  fc.record({ kind: fc.constant("read"), reader: fc.nat(3) }),
  fc.record({ kind: fc.constant("cache"), reader: fc.nat(3) }),
  fc.record({ kind: fc.constant("write"), reader: fc.constant(0) }),
);

test("never caches a value older than the last write, in any interleaving", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const cache = createLruCache<number>(10);
      const pending = new Map<number, () => void>();
      let stored = 0;
      for (const { kind, reader } of steps) {
        if (kind === "write") {
          stored++;
          cache.delete("ada");
        } else if (kind === "read") {
          const finishSet = cache.beginSet("ada");
          const value = stored;
          pending.set(reader, () => finishSet(value, Date.now() + 1_000));
        } else pending.get(reader)?.();
        expect([undefined, stored]).toContain(cache.get("ada"));
      }
    }),
    { numRuns: 2_000 },
  );
});
