import { vi } from "vitest";

/** Waits until the check passes, almost as long as the test timeout. */
export const eventually = <Result>(check: () => Result | Promise<Result>): Promise<Result> =>
  vi.waitFor(check, { timeout: 170_000, interval: 50 });
