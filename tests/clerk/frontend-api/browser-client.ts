import type { Context, MiddlewareHandler } from "hono";
import { getCookie } from "hono/cookie";
import { z } from "zod";
import type { Instance } from "../instance.ts";
import { type Client, createClient, findClientByDevBrowser } from "../state/clients.ts";
import { devBrowserUnauthenticated, signedOut } from "../wire/errors.ts";
import { cookieInvalid } from "../wire/source-errors.ts";

/** Browsers whose first sign-in or sign-up this request is: they have no cookie yet. */
const newBrowsers = new WeakMap<Request, string>();

export function findClient(instance: Instance, c: Context): Client | undefined {
  const { deployment, db } = instance;
  const id = deployment.isProduction
    ? (newBrowsers.get(c.req.raw) ?? claimsInCookie(instance, c)?.rotating_token)
    : devBrowserId(c, deployment.cookieSuffix);
  return id === undefined ? undefined : findClientByDevBrowser(db, id);
}

/**
 * Throws 401; in development `dev_browser_unauthenticated`, on which ClerkJS creates a client. In
 * production, throws 400 for a cookie that the instance has not signed.
 */
export function requireClient(instance: Instance, c: Context): Client {
  const client = findClient(instance, c);
  if (client !== undefined) return client;
  if (!instance.deployment.isProduction) throw devBrowserUnauthenticated();
  const isForged = hasClientCookie(c) && claimsInCookie(instance, c) === undefined;
  throw isForged ? cookieInvalid() : signedOut();
}

/** In production there is no dev browser: starting to sign in or up registers the browser. */
export function registerBrowser(instance: Instance): MiddlewareHandler {
  return async (c, next) => {
    if (instance.deployment.isProduction && findClient(instance, c) === undefined) {
      newBrowsers.set(c.req.raw, createClient(instance.db, instance.clock).devBrowserId);
    }
    await next();
  };
}

/** The value of the `__client` cookie. */
export const clientToken = ({ signingKey }: Instance, { id, devBrowserId }: Client): string =>
  signingKey.sign({ id, rotating_token: devBrowserId });

const claimsSchema = z.object({ rotating_token: z.string() });

const hasClientCookie = (c: Context) => getCookie(c, "__client") !== undefined;

/** Undefined without a cookie, and for one that the instance has not signed. */
function claimsInCookie({ signingKey }: Instance, c: Context) {
  return claimsSchema.safeParse(signingKey.verify(getCookie(c, "__client") ?? "")).data;
}

/** From the query string, where ClerkJS puts it, or from the cookies. */
function devBrowserId(c: Context, cookieSuffix: string): string | undefined {
  return (
    c.req.query("__clerk_db_jwt") ||
    getCookie(c, `__clerk_db_jwt_${cookieSuffix}`) ||
    getCookie(c, "__clerk_db_jwt")
  );
}
