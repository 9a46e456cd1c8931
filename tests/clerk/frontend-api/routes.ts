import { Hono } from "hono";
import { cors } from "hono/cors";
import { isLoopback } from "../../local-service/control/guard.ts";
import type { Instance } from "../instance.ts";
import { clientRoutes } from "./client.ts";
import { devBrowserRoutes } from "./dev-browser.ts";
import { environmentRoutes } from "./environment.ts";
import { handshakeRoutes } from "./handshake.ts";
import { meRoutes } from "./me.ts";
import { myEmailAddressRoutes } from "./my-email-addresses.ts";
import { myProfileImageRoutes } from "./my-profile-image.ts";
import { mySecondFactorRoutes } from "./my-second-factors.ts";
import { mySessionRoutes } from "./my-sessions.ts";
import { reverificationRoutes } from "./reverification.ts";
import { signInRoutes } from "./sign-ins.ts";
import { signUpRoutes } from "./sign-ups.ts";

/** Clerk's Frontend API for ClerkJS, mounted at `/v1`. */
export function frontendApi(instance: Instance): Hono {
  const routes = new Hono();
  routes.use(cors({ origin: loopbackOrigin, credentials: true, exposeHeaders: exposedHeaders }));
  routes.use(async (c, next) => {
    await next();
    if (!c.res.headers.has("cache-control")) c.header("cache-control", "no-store");
  });
  for (const createRoutes of [
    devBrowserRoutes,
    environmentRoutes,
    handshakeRoutes,
    clientRoutes,
    reverificationRoutes,
    signUpRoutes,
    signInRoutes,
    meRoutes,
    myEmailAddressRoutes,
    myProfileImageRoutes,
    mySecondFactorRoutes,
    mySessionRoutes,
  ]) {
    routes.route("/", createRoutes(instance));
  }
  return routes;
}

/** `GET /.well-known/jwks.json`, beside the Frontend API: the key that signs session tokens. */
export function jwksRoutes({ signingKey }: Instance): Hono {
  return new Hono().get("/.well-known/jwks.json", (c) => c.json({ keys: [signingKey.jwk] }));
}

/** Allows cross-origin calls from loopback hosts, for an app without a proxy. */
function loopbackOrigin(origin: string): string | undefined {
  const url = URL.parse(origin);
  return url !== null && isLoopback(url.hostname) ? origin : undefined;
}

const exposedHeaders = ["Authorization", "Clerk-Db-Jwt", "X-Country"];
