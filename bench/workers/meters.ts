/** What a worker does to the world is counted here: its fetches and signature checks; `counting.ts` adds its bindings. */
import type { Counters } from "./counters.ts";

const none = (): Counters => ({ statements: {}, batches: 0, calls: {}, verifications: {} });
export let counters = none();

export function resetCounters(): void {
  counters = none();
}

export async function timed<Result>(place: string, act: () => Promise<Result>): Promise<Result> {
  const startedAt = performance.now();
  try {
    return await act();
  } finally {
    const { count, ms } = counters.calls[place] ?? { count: 0, ms: 0 };
    counters.calls[place] = { count: count + 1, ms: ms + performance.now() - startedAt };
  }
}

const trueFetch = globalThis.fetch;
globalThis.fetch = (input, init) => timed("fetch", () => trueFetch(input, init));

const trueVerify = SubtleCrypto.prototype.verify;
SubtleCrypto.prototype.verify = function verify(algorithm, ...rest) {
  const name = typeof algorithm === "string" ? algorithm : algorithm.name;
  counters.verifications[name] = (counters.verifications[name] ?? 0) + 1;
  return trueVerify.call(this, algorithm, ...rest);
};
