import { Hono } from "hono";
import { endSession, touchSession } from "../accounts/sessions.ts";
import type { Instance } from "../instance.ts";
import { activeSessionsOfClient } from "../state/sessions.ts";
import { mintSessionToken } from "../tokens/session-token.ts";
import { clientJson } from "../wire/client-json.ts";
import { resourceNotFound } from "../wire/errors.ts";
import { frontendSessionJson } from "../wire/session-json.ts";
import { authorizedParty, pathId, requireClient, respond, sessionOfClient } from "./request.ts";

/** `/v1/client`: the browser's sessions, their tokens, and sign-out. */
export function clientRoutes(instance: Instance): Hono {
  return new Hono().route("/", currentClientRoutes(instance)).route("/", sessionRoutes(instance));
}

function currentClientRoutes(instance: Instance): Hono {
  const routes = new Hono();

  routes.get("/client", (c) => {
    const client = requireClient(instance, c);
    return c.json({ response: clientJson(instance, client, authorizedParty(c)), client: null });
  });

  routes.delete("/client/sessions", (c) => {
    const client = requireClient(instance, c);
    const now = instance.clock.now();
    for (const session of activeSessionsOfClient(instance.db, client.id, now)) {
      endSession(instance, session, "removed");
    }
    const updated = clientJson(instance, requireClient(instance, c), authorizedParty(c));
    return c.json({ response: updated, client: updated });
  });

  return routes;
}

function sessionRoutes(instance: Instance): Hono {
  const routes = new Hono();

  routes.post("/client/sessions/:id/touch", (c) => {
    const session = sessionOfClient(instance, requireClient(instance, c), pathId(c));
    const touched = touchSession(instance, session);
    return respond(instance, c, frontendSessionJson(instance, touched, authorizedParty(c)));
  });

  routes.post("/client/sessions/:id/tokens/:template?", (c) => {
    const session = sessionOfClient(instance, requireClient(instance, c), pathId(c));
    const template = c.req.param("template");
    if (template !== undefined) throw resourceNotFound("JWT template", template);
    return c.json({
      object: "token",
      jwt: mintSessionToken(instance, session, authorizedParty(c)),
    });
  });

  for (const action of ["end", "remove"] as const) {
    routes.post(`/client/sessions/:id/${action}`, (c) => {
      const session = sessionOfClient(instance, requireClient(instance, c), pathId(c));
      const ended = endSession(instance, session, action === "end" ? "ended" : "removed");
      return respond(instance, c, frontendSessionJson(instance, ended, authorizedParty(c)));
    });
  }

  return routes;
}
