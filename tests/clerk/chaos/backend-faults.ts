import type { MiddlewareHandler } from "hono";
import { applyFault } from "../../local-service/chaos/api-faults.ts";
import type { Chaos } from "../../local-service/chaos/chaos.ts";
import type { Clock } from "../../local-service/clock.ts";
import { backendRoute } from "./backend-route.ts";
import { RateLimits } from "./rate-limits.ts";

/** Middleware that injects the faults and rate limits of the chaos settings. */
export function backendFaults(chaos: Chaos, clock: Clock): MiddlewareHandler {
  const limits = new RateLimits(clock);
  return async (c, next) => {
    const path = c.req.path.replace(/^.*?\/v1(?=\/)/, "").replace(/\/$/, "");
    const route = backendRoute(c.req.method, path);
    const retryAfter = limits.count(chaos.settings().api.rateLimits, route, path);
    if (retryAfter !== undefined) return responses.rateLimited(retryAfter);
    const fault = chaos.takeFault(route);
    if (fault === undefined) return next();
    await applyFault(c, next, fault, responses);
  };
}

const responses = {
  rateLimited(seconds: number) {
    const message = "Too many requests. Please try again in a bit.";
    return errorResponse(429, "too_many_requests", message, { "retry-after": String(seconds) });
  },
  internalError: () => errorResponse(500, "internal_clerk_error", "Internal error"),
  unavailable: () => errorResponse(503, "service_unavailable", "The service is unavailable."),
  timedOut: () => errorResponse(504, "gateway_timeout", "The upstream server timed out."),
};

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
