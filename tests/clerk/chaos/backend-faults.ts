import { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Context, MiddlewareHandler } from "hono";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import { backendRoute } from "./backend-route.ts";
import type { Chaos } from "./chaos.ts";
import type { Fault } from "./fault.ts";
import { RateLimits } from "./rate-limits.ts";

/** Middleware that injects the faults and rate limits of the chaos settings. */
export function backendFaults(chaos: Chaos, clock: Clock): MiddlewareHandler {
  const limits = new RateLimits(clock);
  return async (c, next) => {
    const { rateLimits } = chaos.settings().backendApi;
    const path = c.req.path.replace(/^.*?\/v1(?=\/)/, "").replace(/\/$/, "");
    const route = backendRoute(c.req.method, path);
    const retryAfter = rateLimits === "off" ? undefined : limits.count(rateLimits, route, path);
    if (retryAfter !== undefined) return tooManyRequests(retryAfter);
    const fault = chaos.takeFault(route);
    if (fault === undefined) return next();
    if (fault.acts) await next();
    const response = await faultResponse(c, fault);
    // Hono ignores a returned response once a route has responded, so assign it.
    if (response !== undefined) c.res = response;
  };
}

/** The response that replaces the real one; undefined keeps the real one. */
async function faultResponse(c: Context, fault: Fault): Promise<Response | undefined> {
  switch (fault.kind) {
    case "rate_limited":
      return tooManyRequests(fault.retryAfterSeconds);
    case "internal_error":
      return errorResponse(500, "internal_clerk_error", "Internal error");
    case "unavailable":
      return errorResponse(503, "service_unavailable", "The service is unavailable.");
    case "cut_connection":
      connection.parse(c.env).outgoing.destroy();
      return errorResponse(500, "connection_cut", "The connection was closed.");
    case "slow_answer":
      await waitFor(fault.delayMs, c.req.raw.signal);
      return fault.acts
        ? undefined
        : errorResponse(504, "gateway_timeout", "The upstream server timed out.");
  }
}

const connection = z.object({ outgoing: z.instanceof(ServerResponse) });

/** Ends early if the caller disconnects, and does not keep the process alive. */
async function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal, ref: false }).catch(() => {});
}

function tooManyRequests(seconds: number): Response {
  const message = "Too many requests. Please try again in a bit.";
  return errorResponse(429, "too_many_requests", message, { "retry-after": String(seconds) });
}

function errorResponse(
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
