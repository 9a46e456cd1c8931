import { vi } from "vitest";

/** Waits until the check passes, for as long as a test may take: a busy machine is no failure. */
export const eventually = <Result>(check: () => Result | Promise<Result>): Promise<Result> =>
  vi.waitFor(check, { timeout: 170_000, interval: 50 });
