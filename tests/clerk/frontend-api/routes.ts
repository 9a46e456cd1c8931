import { Hono, type MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import { matchedRoutes } from "hono/route";
import type { Instance } from "../instance.ts";
import { registerBrowser } from "./browser-client.ts";
import { clientRoutes } from "./client.ts";
import { devBrowserRoutes } from "./dev-browser.ts";
import { environmentRoutes } from "./environment.ts";
import { noFields } from "./form-fields.ts";
import { handshakeRoutes } from "./handshake.ts";
import { meRoutes } from "./me.ts";
import { myEmailAddressRoutes } from "./my-email-addresses.ts";
import { myProfileImageRoutes } from "./my-profile-image.ts";
import { mySecondFactorRoutes } from "./my-second-factors.ts";
import { mySessionRoutes } from "./my-sessions.ts";
import { setProductionCookies } from "./production-cookies.ts";
import { parseForm } from "./request.ts";
import { checkSource, isAppUrl } from "./request-source.ts";
import { reverificationRoutes } from "./reverification.ts";
import { signInRoutes } from "./sign-ins.ts";
import { signUpRoutes } from "./sign-ups.ts";

/** Clerk's Frontend API for ClerkJS, mounted at `/v1`. */
export function frontendApi(instance: Instance): Hono {
  const routes = new Hono();
  const corsOrigin = (origin: string) => (isAppUrl(instance, URL.parse(origin)) ? origin : null);
  routes.use(cors({ origin: corsOrigin, credentials: true, exposeHeaders: exposedHeaders }));
  routes.use(checkSource(instance));
  routes.use(async (c, next) => {
    await next();
    if (!c.res.headers.has("cache-control")) c.header("cache-control", "no-store");
  });
  routes.route("/", handshakeRoutes(instance));
  routes.use(setProductionCookies(instance));
  routes.delete("*", refuseFields);
  const starts = ["/client", "/client/sign_ins", "/client/sign_ups"];
  routes.on(["POST", "PUT"], starts, registerBrowser(instance));
  for (const createRoutes of [
    devBrowserRoutes,
    environmentRoutes,
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

/** No `DELETE` takes fields. */
const refuseFields: MiddlewareHandler = async (c, next) => {
  const isServed = matchedRoutes(c).some(({ path }) => !path.endsWith("*"));
  if (isServed) await parseForm(c, noFields);
  await next();
};

/** `GET /.well-known/jwks.json`, beside the Frontend API: the key that signs session tokens. */
export function jwksRoutes({ signingKey }: Instance): Hono {
  return new Hono().get("/.well-known/jwks.json", (c) => c.json({ keys: [signingKey.jwk] }));
}

const exposedHeaders = ["Authorization", "Clerk-Db-Jwt", "X-Country"];
