import { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Context, MiddlewareHandler } from "hono";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import { backendRoute } from "./backend-route.ts";
import type { Chaos } from "./chaos.ts";
import type { Fault } from "./fault.ts";
import { RateLimits } from "./rate-limits.ts";

/** Makes the Backend API fail as the chaos settings say. Goes before its routes. */
export function backendFaults(chaos: Chaos, clock: Clock): MiddlewareHandler {
  const limits = new RateLimits(clock);
  return async (c, next) => {
    const { rateLimits } = chaos.settings().backendApi;
    const path = c.req.path.replace(/^.*?\/v1(?=\/)/, "").replace(/\/$/, "");
    const route = backendRoute(c.req.method, path);
    const wait = rateLimits === "off" ? undefined : limits.count(rateLimits, route, path);
    if (wait !== undefined) return tooManyRequests(wait);
    const fault = chaos.takeFault(route);
    if (fault === undefined) return next();
    if (fault.acts) await next();
    const failed = await fail(c, fault);
    // Only an assignment replaces an answer that a route has given already.
    if (failed !== undefined) c.res = failed;
  };
}

/** What is answered instead of the real answer; undefined leaves that one. */
async function fail(c: Context, fault: Fault): Promise<Response | undefined> {
  switch (fault.kind) {
    case "rate_limited":
      return tooManyRequests(fault.retryAfterSeconds);
    case "internal_error":
      return failure(500, "internal_clerk_error", "Internal error");
    case "unavailable":
      return failure(503, "service_unavailable", "The service is unavailable.");
    case "cut_connection":
      connection.parse(c.env).outgoing.destroy();
      return failure(500, "connection_cut", "Nobody gets this answer.");
    case "slow_answer":
      await elapse(fault.delayMs, c.req.raw.signal);
      return fault.acts ? undefined : failure(504, "gateway_timeout", "Nothing answered in time.");
  }
}

const connection = z.object({ outgoing: z.instanceof(ServerResponse) });

/** A caller that has gone needs no answer, and nothing must keep a process that wants to end. */
async function elapse(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal, ref: false }).catch(() => {});
}

function tooManyRequests(seconds: number): Response {
  const message = "Too many requests. Please try again in a bit.";
  return failure(429, "too_many_requests", message, { "retry-after": String(seconds) });
}

function failure(
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Response {
  return Response.json(
    { errors: [{ code, message, long_message: message }], clerk_trace_id: "local-clerk-chaos" },
    { status, headers },
  );
}
