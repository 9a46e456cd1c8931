import type { MiddlewareHandler } from "hono";

/** Headers of the control page. */
export const securityHeaders: MiddlewareHandler = async (c, next) => {
  c.header(
    "content-security-policy",
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  );
  c.header("referrer-policy", "same-origin");
  c.header("x-content-type-options", "nosniff");
  c.header("cache-control", "no-store");
  await next();
};
