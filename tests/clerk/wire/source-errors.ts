import { ClerkError } from "./errors.ts";

/** Errors about where a request comes from, and to which instance. */

const sourceError = (
  status: 400 | 401,
  code: string,
  message: string,
  longMessage: string,
): ClerkError => new ClerkError(status, code, message, undefined, longMessage);

export const hostInvalid = () =>
  sourceError(
    400,
    "host_invalid",
    "Invalid host",
    "We were unable to attribute this request to an instance running on Clerk. Make sure that your Clerk Publishable Key is correct.",
  );

export const originInvalid = () =>
  sourceError(
    400,
    "origin_invalid",
    "Invalid HTTP Origin header",
    "The Request HTTP Origin header must be equal to or a subdomain of the requesting URL.",
  );

export const proxySecretKeyMissing = () =>
  sourceError(
    400,
    "proxy_request_missing_secret_key",
    "missing secret key",
    "When using a proxy, it's required to also pass the instance secret key in the Clerk-Secret-Key header.",
  );

export const proxySecretKeyInvalid = () =>
  sourceError(
    401,
    "proxy_request_invalid_secret_key",
    "invalid secret key",
    "The secret key given with this proxy request is invalid.",
  );

/** The `__client` cookie is not signed by the instance. */
export const cookieInvalid = () =>
  sourceError(400, "cookie_invalid", "Invalid cookie", "The __client cookie is invalid.");

export const onlyInDevelopment = () =>
  sourceError(
    400,
    "request_invalid_for_environment",
    "Invalid request for environment",
    "Request only valid for development instances.",
  );
