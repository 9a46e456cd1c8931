import type { MiddlewareHandler } from "hono";
import { applyFault } from "../../local-service/chaos/api-faults.ts";
import { RequestWindows } from "../../local-service/chaos/request-windows.ts";
import { findApiRoute } from "../chaos/api-route.ts";
import { rateLimits } from "../chaos/rate-limits.ts";
import type { Instance } from "../instance.ts";
import { StripeError } from "../wire/errors.ts";
import type { ApiEnv } from "./context.ts";
import { errorResponse } from "./responses.ts";

/**
 * Injects the faults and rate limits of the chaos settings, inside the idempotency layer: an
 * internal error is stored for the idempotency key. Of the other faults, those that act store the
 * real response, the rest nothing.
 */
export function faults({ chaos, systemClock }: Instance): MiddlewareHandler<ApiEnv> {
  const windows = new RequestWindows(systemClock, 1000);
  return async (c, next) => {
    const limit = rateLimits.get(chaos.settings().api.rateLimits);
    if (limit !== undefined && windows.count("all", limit) !== undefined) throw rateLimited();
    const route = findApiRoute(c.req.method, c.req.path.replace(/^\/v1/, ""));
    const fault = chaos.takeFault(route?.name);
    if (fault === undefined) return next();
    if (fault.kind === "internal_error") return applyFault(c, next, fault, responses);
    c.set("result", null);
    const run = async () => {
      await next();
      c.set("result", c.res.clone());
    };
    await applyFault(c, run, fault, responses);
  };
}

const rateLimited = () =>
  new StripeError(
    429,
    "Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.",
    {
      code: "rate_limit",
      beforeExecution: true,
      headers: { "stripe-rate-limited-reason": "global-rate", "stripe-should-retry": "true" },
    },
  );

const apiError = (status: 500 | 503 | 504, headers: Record<string, string>) =>
  errorResponse(
    new StripeError(status, "An unknown error occurred", { type: "api_error", headers }),
  );

const responses = {
  rateLimited: () => errorResponse(rateLimited()),
  // Stripe asks clients not to retry what the idempotency layer would only replay.
  internalError: () => apiError(500, { "stripe-should-retry": "false" }),
  unavailable: () => apiError(503, {}),
  timedOut: () => apiError(504, {}),
};
