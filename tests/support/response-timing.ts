import { performance } from "node:perf_hooks";
import { type RawRequest, type RawResponse, sendRaw } from "./raw-request.ts";

/** Generous, to allow for a busy machine. */
const deadlineMs = 60_000;
const slowMs = 2_000;

/** The result of a request: a response or an error. */
export interface Outcome {
  response: RawResponse | null;
  problem: string | null;
  durationMs: number;
}

/** Sends a request and waits for the complete response, up to the deadline. */
export async function timeResponse(request: RawRequest): Promise<Outcome> {
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
 * True if a request keeps the worker busy for more than two seconds. A page request just before it
 * is the baseline, because everything is slow on a busy machine.
 */
export async function isSlow(request: RawRequest): Promise<boolean> {
  const baseline = await timeResponse({ origin: request.origin, path: "/" });
  const { durationMs } = await timeResponse(request);
  return durationMs > slowMs + 10 * baseline.durationMs;
}

/** Requests `/api/health` repeatedly until stopped. */
export function watchHealth(origin: string) {
  let isStopped = false;
  const outcomes: Outcome[] = [];
  const watch = async () => {
    while (!isStopped) outcomes.push(await timeResponse({ origin, path: "/api/health" }));
  };
  const watching = watch();
  return {
    async stop(): Promise<readonly Outcome[]> {
      isStopped = true;
      await watching;
      return outcomes;
    },
  };
}

/** True if the request may have been slow by itself. */
export const isSuspicious = ({ durationMs }: Outcome): boolean => durationMs > slowMs;
