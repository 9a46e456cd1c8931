import { setTimeout as sleep } from "node:timers/promises";

/** Almost the test timeout. */
const timeoutMs = 170_000;

/** Waits until the check passes. Works outside Vitest, too: benchmarks use it. */
export async function eventually<Result>(check: () => Result | Promise<Result>): Promise<Result> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await sleep(50);
  }
}
