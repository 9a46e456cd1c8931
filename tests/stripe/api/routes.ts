import { Hono, type MiddlewareHandler } from "hono";
import type { Instance } from "../instance.ts";
import { newId } from "../state/identifiers.ts";
import { StripeError } from "../wire/errors.ts";
import { authenticate } from "./authenticate.ts";
import { chargeRoutes } from "./charges.ts";
import { checkoutSessionRoutes } from "./checkout-sessions.ts";
import type { ApiContext, ApiEnv } from "./context.ts";
import { disputeRoutes } from "./disputes.ts";
import { eventRoutes } from "./events.ts";
import { faults } from "./faults.ts";
import { idempotency } from "./idempotency.ts";
import { decodeParameters } from "./parameters.ts";
import { paymentIntentRoutes } from "./payment-intents.ts";
import { refundRoutes } from "./refunds.ts";
import { errorResponse } from "./responses.ts";
import { checkVersion } from "./version.ts";

/** Stripe's API for the `stripe` package, mounted at `/v1`. */
export function stripeApi(instance: Instance, log: (line: string) => void): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();
  routes.onError((error, c) => {
    if (error instanceof StripeError) return errorResponse(error);
    log(`error ${c.req.method} ${c.req.path}: ${error.stack}`);
    const details = { type: "api_error" } as const;
    return errorResponse(new StripeError(500, "An unknown error occurred", details));
  });
  routes.use(identify, authenticate(instance), checkVersion(instance), readParameters);
  routes.use(idempotency(instance), faults(instance));
  const resources = [
    ...[checkoutSessionRoutes, paymentIntentRoutes, chargeRoutes],
    ...[refundRoutes, disputeRoutes, eventRoutes],
  ];
  for (const createRoutes of resources) routes.route("/", createRoutes(instance));
  routes.all("*", unknownUrl);
  return routes;
}

const identify: MiddlewareHandler<ApiEnv> = async (c, next) => {
  c.set("requestId", newId("req"));
  await next();
  c.res.headers.set("request-id", c.get("requestId"));
  c.res.headers.set("cache-control", "no-cache, no-store");
};

const readParameters: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const text = c.req.method === "POST" ? await c.req.text() : new URL(c.req.url).search;
  c.set("parameters", decodeParameters(text));
  await next();
};

function unknownUrl(c: ApiContext): never {
  const { method, path } = c.req;
  const message = `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`;
  throw new StripeError(404, message);
}
