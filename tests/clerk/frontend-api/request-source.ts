import type { Context, MiddlewareHandler } from "hono";
import { isLoopback } from "../../local-service/control/guard.ts";
import { productionDomain, productionOrigin, proxyPath } from "../deployment.ts";
import type { Instance } from "../instance.ts";
import {
  hostInvalid,
  originInvalid,
  proxySecretKeyInvalid,
  proxySecretKeyMissing,
} from "../wire/source-errors.ts";

/** Rejects requests to another host than the instance's and, in production, from other sites. */
export function checkSource(instance: Instance): MiddlewareHandler {
  return async (c, next) => {
    checkHost(instance, c);
    const origin = c.req.header("origin");
    const isForeign = origin !== undefined && !isAppUrl(instance, URL.parse(origin));
    if (isForeign && instance.deployment.isProduction) throw originInvalid();
    await next();
  };
}

/**
 * Development instances refuse proxies, and the proxy is the only way to an instance behind one.
 */
function checkHost({ deployment }: Instance, c: Context): void {
  if (deployment.setup === "local") return;
  const proxyUrl = c.req.header("clerk-proxy-url");
  if (deployment.setup !== "proxy") {
    const isOwnHost = c.req.header("host") === deployment.frontendApiHost;
    if (proxyUrl !== undefined || !isOwnHost) throw hostInvalid();
    return;
  }
  if (proxyUrl !== productionOrigin + proxyPath) throw hostInvalid();
  const secretKey = c.req.header("clerk-secret-key");
  if (secretKey === undefined) throw proxySecretKeyMissing();
  if (secretKey !== deployment.secretKey) throw proxySecretKeyInvalid();
}

/** The app's pages: in production those of the domain, in development those on this machine. */
export function isAppUrl(instance: Instance, url: URL | null): url is URL {
  if (url === null || url.username !== "" || url.password !== "") return false;
  if (instance.deployment.isProduction) return url.protocol === "https:" && isOnDomain(url);
  const appOrigin = new URL(instance.settings().webhooks.url).origin;
  if (!/^https?:$/.test(url.protocol)) return false;
  return isLoopback(url.hostname) || url.origin === appOrigin;
}

const isOnDomain = ({ hostname }: URL) =>
  hostname === productionDomain || hostname.endsWith(`.${productionDomain}`);
