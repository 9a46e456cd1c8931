import { timingSafeEqual } from "node:crypto";
import { Hono, type MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import { z } from "zod";
import { backendFaults } from "../chaos/backend-faults.ts";
import type { Instance } from "../instance.ts";
import { redeemNonce } from "../state/handshake-nonces.ts";
import { newId } from "../state/identifiers.ts";
import { authorizationHeaderInvalid, resourceNotFound, secretKeyInvalid } from "../wire/errors.ts";
import { actorTokenRoutes } from "./actor-tokens.ts";
import { clientRoutes } from "./clients.ts";
import { emailAddressRoutes } from "./email-addresses.ts";
import { invitationRoutes } from "./invitations.ts";
import { phoneNumberRoutes } from "./phone-numbers.ts";
import { profileImageRoutes } from "./profile-images.ts";
import { noParameters, readJson, readQuery, stringParam } from "./request.ts";
import { secondFactorRoutes } from "./second-factors.ts";
import { sessionRoutes } from "./sessions.ts";
import { signInTokenRoutes } from "./sign-in-tokens.ts";
import { userRoutes } from "./users.ts";

/** Clerk's Backend API for `@clerk/backend`, mounted at `/bapi/v1`. Requires the secret key. */
export function backendApi(instance: Instance): Hono {
  const routes = new Hono();
  routes.use(requireSecretKey(instance), backendFaults(instance.chaos, instance.systemClock));
  routes.use(refuseUnknownParameters);
  routes.get("/jwks", (c) => c.json({ keys: [instance.signingKey.jwk] }));
  routes.get("/instance", (c) =>
    c.json({
      object: "instance",
      id: instance.id,
      environment_type: instance.deployment.isProduction ? "production" : "development",
      allowed_origins: null,
      workspace_id: null,
    }),
  );
  routes.get("/clients/handshake_payload", (c) => {
    const { nonce = "" } = readQuery(c, handshakeQuery);
    const { db, clock, deployment } = instance;
    const directives = redeemNonce(db, clock, nonce, { once: deployment.isProduction });
    if (directives === undefined) throw resourceNotFound("handshake", nonce);
    return c.json({ directives });
  });
  routes.post("/testing_tokens", async (c) => {
    await readJson(c, noParameters);
    const expires_at = Math.floor(instance.clock.now() / 1000) + 3600;
    return c.json({ object: "testing_token", token: newId("testing"), expires_at });
  });
  for (const createRoutes of [
    userRoutes,
    emailAddressRoutes,
    phoneNumberRoutes,
    profileImageRoutes,
    secondFactorRoutes,
    invitationRoutes,
    clientRoutes,
    sessionRoutes,
    signInTokenRoutes,
    actorTokenRoutes,
  ]) {
    routes.route("/", createRoutes(instance));
  }
  return routes;
}

const handshakeQuery = z.strictObject({ nonce: stringParam.optional() });

function requireSecretKey({ deployment }: Instance): MiddlewareHandler {
  return async (c, next) => {
    const header = c.req.header("authorization") ?? "";
    if (!header.startsWith("Bearer ")) throw authorizationHeaderInvalid();
    if (!isEqual(header, `Bearer ${deployment.secretKey}`)) throw secretKeyInvalid();
    await next();
  };
}

/** The endpoints that take query parameters, and check them. A `DELETE` takes no body. */
const pathsWithQuery = /\/(users|users\/count|sessions|invitations|clients\/handshake_payload)$/;

const refuseUnknownParameters: MiddlewareHandler = async (c, next) => {
  const isServed = matchedRoutes(c).some(({ path }) => !path.endsWith("*"));
  const takesQuery = c.req.method === "GET" && pathsWithQuery.test(c.req.path);
  if (isServed && !takesQuery) readQuery(c, noParameters);
  if (isServed && c.req.method === "DELETE") await readJson(c, noParameters);
  await next();
};

function isEqual(actual: string, expected: string): boolean {
  const [a, b] = [Buffer.from(actual), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
