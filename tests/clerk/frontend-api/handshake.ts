import { type Context, Hono } from "hono";
import type { Instance } from "../instance.ts";
import { type Client, createClient } from "../state/clients.ts";
import { saveDirectives } from "../state/handshake-nonces.ts";
import { activeSessionsOfClient } from "../state/sessions.ts";
import { mintSessionToken } from "../tokens/session-token.ts";
import { invalidParameter } from "../wire/parameter-errors.ts";
import { findClient } from "./browser-client.ts";
import { clientUat, expired, handshakeCookie, productionDirectives } from "./production-cookies.ts";
import { authorizedParty } from "./request.ts";
import { isAppUrl } from "./request-source.ts";

/**
 * `GET /v1/client/handshake`: redirects a document request whose session state is unknown back to
 * the app with new cookies.
 */
export function handshakeRoutes(instance: Instance): Hono {
  return new Hono().get("/client/handshake", (c) => handshake(instance, c));
}

/** In production, the result travels in a cookie of the apex, in development in the URL. */
function handshake(instance: Instance, c: Context): Response {
  const url = URL.parse(c.req.query("redirect_url") ?? "");
  if (!isAppUrl(instance, url))
    throw invalidParameter("redirect_url", "is not on the app's origin");
  const format = c.req.query("format") === "nonce" ? "nonce" : "token";
  const name = format === "nonce" ? "__clerk_handshake_nonce" : "__clerk_handshake";
  const directives = instance.deployment.isProduction
    ? createProductionDirectives(instance, c, name)
    : createDevelopmentDirectives(instance, c, url);
  const result =
    format === "nonce"
      ? saveDirectives(instance.db, instance.clock, directives)
      : instance.signingKey.sign({ handshake: directives });
  if (instance.deployment.isProduction) c.header("set-cookie", handshakeCookie(name, result));
  else url.searchParams.set(name, result);
  c.header("cache-control", "no-store");
  return c.redirect(url.href, 307);
}

function createProductionDirectives(instance: Instance, c: Context, resultName: string): string[] {
  const client = findClient(instance, c);
  return productionDirectives(instance, client, resultName, newToken(instance, client, c));
}

/**
 * `Set-Cookie` values, with and without name suffix. ClerkJS reads them, so not `HttpOnly`. WebKit
 * rejects `Secure` and `Domain=localhost` on http. With `SameSite=Strict`, a link from another site
 * would not send `__client_uat`, and the SDK would repeat the handshake.
 */
function createDevelopmentDirectives(instance: Instance, c: Context, returnTo: URL): string[] {
  const client = findClient(instance, c) ?? createClient(instance.db, instance.clock);
  const token = newToken(instance, client, c);
  const secure = returnTo.protocol === "https:" ? "; Secure" : "";
  const persistent = "Path=/; Max-Age=31536000; SameSite=Lax";
  return [
    ["__clerk_db_jwt", `${client.devBrowserId}; ${persistent}`],
    ["__client_uat", `${clientUat(instance, client)}; ${persistent}`],
    ["__session", token === undefined ? `; ${expired}; SameSite=Lax` : `${token}; ${persistent}`],
  ].flatMap(([name, value]) => [
    `${name}=${value}${secure}`,
    `${name}_${instance.deployment.cookieSuffix}=${value}${secure}`,
  ]);
}

function newToken(instance: Instance, client: Client | undefined, c: Context): string | undefined {
  if (client === undefined) return undefined;
  const session = activeSessionsOfClient(instance.db, client.id, instance.clock.now()).at(-1);
  return session && mintSessionToken(instance, session, authorizedParty(c));
}
