import { Hono } from "hono";
import { z } from "zod";
import { endSession, touchSession } from "../accounts/sessions.ts";
import type { Instance } from "../instance.ts";
import { activeSessionsOfClient } from "../state/sessions.ts";
import { mintSessionToken } from "../tokens/session-token.ts";
import { clientJson } from "../wire/client-json.ts";
import { templateNotFound } from "../wire/errors.ts";
import { frontendSessionJson } from "../wire/session-json.ts";
import { findClient, requireClient } from "./browser-client.ts";
import { noFields } from "./form-fields.ts";
import { authorizedParty, parseForm, pathId, respond, sessionOfClient } from "./request.ts";

/** Organizations are not supported: ClerkJS says that none is active. */
const noOrganization = z.literal("").optional();
const touchForm = z.strictObject({
  active_organization_id: noOrganization,
  intent: z.enum(["focus", "select_session", "select_org"]).optional(),
});
const tokensForm = z.strictObject({ organization_id: noOrganization });

/** `/v1/client`: the browser's sessions, their tokens, and sign-out. */
export function clientRoutes(instance: Instance): Hono {
  return new Hono().route("/", currentClientRoutes(instance)).route("/", sessionRoutes(instance));
}

function currentClientRoutes(instance: Instance): Hono {
  const routes = new Hono();

  routes.get("/client", (c) => {
    const isNew = instance.deployment.isProduction && findClient(instance, c) === undefined;
    if (isNew) return c.json({ response: null, client: null });
    const client = requireClient(instance, c);
    return c.json({ response: clientJson(instance, client, authorizedParty(c)), client: null });
  });

  for (const method of ["PUT", "POST"]) {
    routes.on(method, "/client", async (c) => {
      await parseForm(c, noFields);
      const client = requireClient(instance, c);
      return c.json({ response: clientJson(instance, client, authorizedParty(c)), client: null });
    });
  }

  routes.on("DELETE", ["/client", "/client/sessions"], (c) => {
    const client = requireClient(instance, c);
    const now = instance.clock.now();
    for (const session of activeSessionsOfClient(instance.db, client.id, now)) {
      endSession(instance, session, "removed");
    }
    const updated = clientJson(instance, requireClient(instance, c), authorizedParty(c));
    return c.json({ response: updated, client: null });
  });

  return routes;
}

function sessionRoutes(instance: Instance): Hono {
  const routes = new Hono();

  routes.get("/client/sessions/:id", (c) => {
    const session = sessionOfClient(instance, requireClient(instance, c), pathId(c));
    return respond(instance, c, frontendSessionJson(instance, session, authorizedParty(c)));
  });

  routes.post("/client/sessions/:id/touch", async (c) => {
    await parseForm(c, touchForm);
    const session = sessionOfClient(instance, requireClient(instance, c), pathId(c));
    const touched = touchSession(instance, session);
    return respond(instance, c, frontendSessionJson(instance, touched, authorizedParty(c)));
  });

  routes.post("/client/sessions/:id/tokens/:template?", async (c) => {
    await parseForm(c, tokensForm);
    const session = sessionOfClient(instance, requireClient(instance, c), pathId(c));
    const template = c.req.param("template");
    if (template !== undefined) throw templateNotFound(template);
    return c.json({
      object: "token",
      jwt: mintSessionToken(instance, session, authorizedParty(c)),
    });
  });

  for (const action of ["end", "remove"] as const) {
    routes.post(`/client/sessions/:id/${action}`, async (c) => {
      await parseForm(c, noFields);
      const session = sessionOfClient(instance, requireClient(instance, c), pathId(c));
      const ended = endSession(instance, session, action === "end" ? "ended" : "removed");
      return respond(instance, c, frontendSessionJson(instance, ended, authorizedParty(c)));
    });
  }

  return routes;
}
