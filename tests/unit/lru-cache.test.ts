import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createLruCache } from "../../app/cache/lru-cache.server.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

test("a value is there until its time is over", () => {
  const cache = createLruCache<string>(10);
  cache.beginSet("ada")("Ada", Date.now() + 10_000);
  vi.advanceTimersByTime(9_999);
  expect(cache.get("ada")).toBe("Ada");
  vi.advanceTimersByTime(1);
  expect(cache.get("ada")).toBeUndefined();
});

test("past its capacity the oldest value gives way", () => {
  const cache = createLruCache<number>(2);
  for (const [key, value] of Object.entries({ one: 1, two: 2, three: 3 })) {
    cache.beginSet(key)(value, Date.now() + 1_000);
  }
  expect(["one", "two", "three"].map((key) => cache.get(key))).toEqual([undefined, 2, 3]);
});

/** What readers and writers of one record can do, in any order; a reader has read before it says what it found. */
const step = fc.oneof(
  fc.record({ kind: fc.constant("read"), reader: fc.nat(3) }),
  fc.record({ kind: fc.constant("remember"), reader: fc.nat(3) }),
  fc.record({ kind: fc.constant("write"), reader: fc.constant(0) }),
);

test("whatever readers and writers do between each other, nothing from before the last write is remembered", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const cache = createLruCache<number>(10);
      const underWay = new Map<number, () => void>();
      let stored = 0;
      for (const { kind, reader } of steps) {
        if (kind === "write") {
          stored++;
          cache.delete("ada");
        } else if (kind === "read") {
          const keep = cache.beginSet("ada");
          const found = stored;
          underWay.set(reader, () => keep(found, Date.now() + 1_000));
        } else underWay.get(reader)?.();
        expect([undefined, stored]).toContain(cache.get("ada"));
      }
    }),
    { numRuns: 2_000 },
  );
});
