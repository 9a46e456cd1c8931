import { timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { findApiRoute } from "../chaos/api-route.ts";
import { localStripeKeys, localStripeLiveKeys } from "../environment.ts";
import type { Instance } from "../instance.ts";
import { StripeError } from "../wire/errors.ts";
import type { ApiEnv } from "./context.ts";
import { allows } from "./permissions.ts";

/** Requires a secret key, or a restricted key with the permission for the route. */
export function authenticate(instance: Instance): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const key = keyOf(c.req.header("authorization"));
    if (key === undefined) throw noKey();
    if (key.startsWith("pk_")) throw publishableKey();
    const secretKeys = [localStripeKeys.secretKey, localStripeLiveKeys.secretKey];
    if (!secretKeys.some((secret) => isEqual(secret, key))) {
      assertPermitted(instance, key, c.req.method, c.req.path.replace(/^\/v1/, ""));
    }
    c.set("livemode", key.slice(2).startsWith("_live_"));
    await next();
  };
}

/** From Bearer authentication, or from the user name of Basic authentication. */
function keyOf(header: string | undefined): string | undefined {
  const [scheme, value] = (header ?? "").split(" ");
  if (value === undefined || value === "") return undefined;
  if (scheme === "Bearer") return value;
  return scheme === "Basic" ? (atob(value).split(":")[0] ?? "") : undefined;
}

function assertPermitted(instance: Instance, key: string, method: string, path: string): void {
  const { restrictedKeys } = instance.settings();
  const restricted = restrictedKeys.find((candidate) => isEqual(candidate.key, key));
  if (restricted === undefined) throw unknownKey(key);
  const route = findApiRoute(method, path);
  if (route === undefined || allows(restricted.permissions, route.permission)) return;
  throw new StripeError(
    403,
    `The provided key '${redact(key)}' does not have the required permissions for this endpoint on account 'acct_localstripe'. Having the 'rak_${route.permission}' permission would allow this request to continue.`,
    { beforeExecution: true },
  );
}

function isEqual(expected: string, actual: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(actual)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const redact = (key: string) => `${key.slice(0, 8)}${"*".repeat(8)}${key.slice(-4)}`;

const noKey = () =>
  new StripeError(
    401,
    "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    { beforeExecution: true },
  );

const unknownKey = (key: string) =>
  new StripeError(401, `Invalid API Key provided: ${redact(key)}`, { beforeExecution: true });

const publishableKey = () =>
  new StripeError(
    403,
    "This API call cannot be made with a publishable API key. Please use a secret API key.",
    { code: "secret_key_required", beforeExecution: true },
  );
