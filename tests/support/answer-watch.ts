import { performance } from "node:perf_hooks";
import { type RawRequest, type RawResponse, sendRaw } from "./raw-request.ts";

/** Longer than a busy machine ever makes anything wait. */
const deadlineMs = 60_000;
const slowMs = 2_000;

/** What became of a request: its answer, or why there was none. */
export interface Outcome {
  response: RawResponse | null;
  problem: string | null;
  durationMs: number;
}

/** Sends a request and waits for its whole answer, but not forever. */
export async function timeAnswer(request: RawRequest): Promise<Outcome> {
  const startedAt = performance.now();
  const elapsed = () => performance.now() - startedAt;
  try {
    const response = await sendRaw({ ...request, signal: AbortSignal.timeout(deadlineMs) });
    return { response, problem: null, durationMs: elapsed() };
  } catch (error) {
    return { response: null, problem: `${error}`, durationMs: elapsed() };
  }
}

/**
 * Whether a request keeps the worker busy for more than two seconds. It is sent alone, right behind a request for a page: on a
 * machine that is busy with something else, both take long.
 */
export async function isSlow(request: RawRequest): Promise<boolean> {
  const ordinary = await timeAnswer({ origin: request.origin, path: "/" });
  const { durationMs } = await timeAnswer(request);
  return durationMs > slowMs + 10 * ordinary.durationMs;
}

/** Asks for `/api/health`, time and again, until it is stopped. */
export function watchHealth(origin: string) {
  let isOver = false;
  const outcomes: Outcome[] = [];
  const watch = async () => {
    while (!isOver) outcomes.push(await timeAnswer({ origin, path: "/api/health" }));
  };
  const watching = watch();
  return {
    async stop(): Promise<readonly Outcome[]> {
      isOver = true;
      await watching;
      return outcomes;
    },
  };
}

/** Whether it took so long that the request itself may have been the reason. */
export const isSuspicious = ({ durationMs }: Outcome): boolean => durationMs > slowMs;
