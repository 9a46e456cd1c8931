import type { MiddlewareHandler } from "hono";
import { apiVersion } from "../api-version.ts";
import type { Instance } from "../instance.ts";
import { StripeError } from "../wire/errors.ts";
import type { ApiEnv } from "./context.ts";

/**
 * Uses the version of the `Stripe-Version` header, or else the account's. Stripe knows all its
 * versions; the local Stripe refuses those that it would answer wrongly.
 */
export function checkVersion(instance: Instance): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const version = c.req.header("stripe-version") ?? instance.settings().apiVersion;
    if (!/^\d{4}-\d{2}-\d{2}(\.[a-z]+)?$/.test(version)) {
      throw refuse(`Invalid Stripe API version: ${version}`);
    }
    if (version !== apiVersion) {
      throw refuse(`The local Stripe only knows the API version ${apiVersion}, not ${version}`);
    }
    await next();
    c.res.headers.set("stripe-version", version);
  };
}

const refuse = (message: string) => new StripeError(400, message, { beforeExecution: true });
