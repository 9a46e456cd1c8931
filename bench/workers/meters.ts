/** Counts fetches and signature checks; `counting.ts` adds the bindings. */
import type { Counters } from "./counters.ts";

const emptyCounters = (): Counters => ({
  statements: {},
  batches: 0,
  calls: {},
  verifications: {},
});
export let counters = emptyCounters();

export function resetCounters(): void {
  counters = emptyCounters();
}

export async function timed<Result>(target: string, call: () => Promise<Result>): Promise<Result> {
  const startedAt = performance.now();
  try {
    return await call();
  } finally {
    const { count, ms } = counters.calls[target] ?? { count: 0, ms: 0 };
    counters.calls[target] = { count: count + 1, ms: ms + performance.now() - startedAt };
  }
}

const originalFetch = globalThis.fetch;
globalThis.fetch = (input, init) => timed("fetch", () => originalFetch(input, init));

const originalVerify = SubtleCrypto.prototype.verify;
SubtleCrypto.prototype.verify = function verify(algorithm, ...rest) {
  const name = typeof algorithm === "string" ? algorithm : algorithm.name;
  counters.verifications[name] = (counters.verifications[name] ?? 0) + 1;
  return originalVerify.call(this, algorithm, ...rest);
};
