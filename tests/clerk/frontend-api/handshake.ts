import { type Context, Hono } from "hono";
import type { Instance } from "../instance.ts";
import { type Client, createClient } from "../state/clients.ts";
import { saveDirectives } from "../state/handshake-nonces.ts";
import { activeSessionsOfClient } from "../state/sessions.ts";
import { mintSessionToken } from "../tokens/session-token.ts";
import { invalidParameter } from "../wire/parameter-errors.ts";
import { allowedRedirect } from "./redirect-url.ts";
import { authorizedParty, cookieSuffix, findClient } from "./request.ts";

/**
 * `GET /v1/client/handshake`: redirects a document request whose session state is unknown back to
 * the app with new cookies.
 */
export function handshakeRoutes(instance: Instance): Hono {
  return new Hono().get("/client/handshake", (c) => handshake(instance, c));
}

function handshake(instance: Instance, c: Context): Response {
  const origins = [new URL(instance.settings().webhooks.url).origin];
  const url = allowedRedirect(c.req.query("redirect_url"), origins);
  if (url === undefined) throw invalidParameter("redirect_url", "is not on the app's origin");
  const client = findClient(instance, c) ?? createClient(instance.db, instance.clock);
  const directives = cookieDirectives(instance, client, url, authorizedParty(c));
  if (c.req.query("format") === "nonce") {
    const nonce = saveDirectives(instance.db, instance.clock, directives);
    url.searchParams.set("__clerk_handshake_nonce", nonce);
  } else {
    url.searchParams.set("__clerk_handshake", instance.signingKey.sign({ handshake: directives }));
  }
  c.header("cache-control", "no-store");
  return c.redirect(url.href, 307);
}

/**
 * `Set-Cookie` values, with and without name suffix. ClerkJS reads them, so not `HttpOnly`. WebKit
 * rejects `Secure` and `Domain=localhost` on http. With `SameSite=Strict`, a link from another site
 * would not send `__client_uat`, and the SDK would repeat the handshake.
 */
function cookieDirectives(
  instance: Instance,
  client: Client,
  returnTo: URL,
  party: string | undefined,
): string[] {
  const session = activeSessionsOfClient(instance.db, client.id, instance.clock.now()).at(-1);
  const secure = returnTo.protocol === "https:" ? "; Secure" : "";
  const persistent = "Path=/; Max-Age=31536000";
  const token =
    session === undefined
      ? "; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; SameSite=Lax"
      : `${mintSessionToken(instance, session, party)}; ${persistent}; SameSite=Lax`;
  const updatedAt = session === undefined ? 0 : Math.floor(client.updatedAt / 1000);
  return [
    ["__clerk_db_jwt", `${client.devBrowserId}; ${persistent}; SameSite=Lax`],
    ["__client_uat", `${updatedAt}; ${persistent}; SameSite=Lax`],
    ["__session", token],
  ].flatMap(([name, value]) => [
    `${name}=${value}${secure}`,
    `${name}_${cookieSuffix}=${value}${secure}`,
  ]);
}
