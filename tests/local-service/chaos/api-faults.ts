import { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Context, Next } from "hono";
import { z } from "zod";
import type { Fault } from "./fault.ts";

/** The service's error responses. */
export type FaultResponses = {
  rateLimited(retryAfterSeconds: number): Response;
  internalError(): Response;
  unavailable(): Response;
  timedOut(): Response;
};

/** Applies the fault to this request. */
export async function applyFault(
  c: Context,
  next: Next,
  fault: Fault,
  responses: FaultResponses,
): Promise<void> {
  if (fault.acts) await next();
  const response = await faultResponse(c, fault, responses);
  // Hono ignores a returned response once a route has responded, so assign it.
  if (response !== undefined) c.res = response;
}

/** The response that replaces the real one; undefined keeps the real one. */
async function faultResponse(
  c: Context,
  fault: Fault,
  responses: FaultResponses,
): Promise<Response | undefined> {
  switch (fault.kind) {
    case "rate_limited":
      return responses.rateLimited(fault.retryAfterSeconds);
    case "internal_error":
      return responses.internalError();
    case "unavailable":
      return responses.unavailable();
    case "cut_connection":
      connection.parse(c.env).outgoing.destroy();
      return responses.unavailable();
    case "slow_answer":
      await waitFor(fault.delayMs, c.req.raw.signal);
      return fault.acts ? undefined : responses.timedOut();
  }
}

const connection = z.object({ outgoing: z.instanceof(ServerResponse) });

/** Ends early if the caller disconnects, and does not keep the process alive. */
async function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal, ref: false }).catch(() => {});
}
