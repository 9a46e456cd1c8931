import type { Context, MiddlewareHandler } from "hono";
import { productionDomain } from "../deployment.ts";
import type { Instance } from "../instance.ts";
import type { Client } from "../state/clients.ts";
import { activeSessionsOfClient } from "../state/sessions.ts";
import { clientToken, findClient } from "./browser-client.ts";

const apex = `Domain=${productionDomain}`;
const persistent = "Path=/; Max-Age=315360000";
const secureLax = "Secure; SameSite=Lax";
export const expired = "Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT";

/**
 * A production instance identifies the browser by `__client`, which no script can read, on the
 * host of the Frontend API or of its proxy. `__client_uat` is on the site's apex for all its hosts.
 */
export function setProductionCookies(instance: Instance): MiddlewareHandler {
  return async (c, next) => {
    await next();
    if (!instance.deployment.isProduction) return;
    const client = findClient(instance, c);
    const cookies = client === undefined ? [] : [clientCookie(instance, client, c)];
    for (const cookie of [...cookies, ...clientUatCookies(instance, client)]) {
      c.header("set-cookie", cookie, { append: true });
    }
  };
}

function clientCookie(instance: Instance, client: Client, c: Context): string {
  const proxyUrl = c.req.header("clerk-proxy-url");
  const { frontendApiHost } = instance.deployment;
  const host = proxyUrl === undefined ? frontendApiHost : new URL(proxyUrl).hostname;
  const attributes = `${persistent}; Domain=${host}; HttpOnly; ${secureLax}`;
  return `__client=${clientToken(instance, client)}; ${attributes}`;
}

function clientUatCookies(instance: Instance, client: Client | undefined): string[] {
  const { cookieSuffix } = instance.deployment;
  return ["__client_uat", `__client_uat_${cookieSuffix}`].map((name) => {
    const value = clientUat(instance, client);
    return `${name}=${value}; ${persistent}; ${apex}; ${secureLax}`;
  });
}

/** In seconds since the epoch; 0 means signed out. */
export function clientUat({ db, clock }: Instance, client: Client | undefined): number {
  if (client === undefined) return 0;
  const isSignedIn = activeSessionsOfClient(db, client.id, clock.now()).length > 0;
  return isSignedIn ? Math.floor(client.updatedAt / 1000) : 0;
}

/** Carries the result of a handshake to the site, which clears it. */
export const handshakeCookie = (name: string, value: string) =>
  `${name}=${value}; Path=/; ${apex}; HttpOnly; ${secureLax}`;

/** The handshake's cookies. A `__client_uat` of the host itself would hide the apex's. */
export function productionDirectives(
  instance: Instance,
  client: Client | undefined,
  resultName: string,
  token: string | undefined,
): string[] {
  const session = token === undefined ? `; ${expired}` : `${token}; ${persistent}; ${secureLax}`;
  return [
    `__client_uat=; ${expired}`,
    `${resultName}=; ${expired}; ${apex}`,
    ...clientUatCookies(instance, client),
    `__session=${session}`,
    `__session_${instance.deployment.cookieSuffix}=${session}`,
  ];
}
