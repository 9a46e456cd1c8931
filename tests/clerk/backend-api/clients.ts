import { Hono } from "hono";
import type { Instance } from "../instance.ts";
import { clients } from "../state/clients.ts";
import { activeSessionsOfClient } from "../state/sessions.ts";
import { resourceNotFound } from "../wire/errors.ts";
import { sessionJson } from "../wire/session-json.ts";
import { pathId } from "./request.ts";

/** `/v1/clients`: the browsers that have sessions. */
export function clientRoutes(instance: Instance): Hono {
  return new Hono().get("/clients/:id", (c) => {
    const client = clients.find(instance.db, pathId(c));
    if (client === undefined) throw resourceNotFound("client", pathId(c));
    const sessions = activeSessionsOfClient(instance.db, client.id, instance.clock.now());
    return c.json({
      object: "client",
      id: client.id,
      session_ids: sessions.map(({ id }) => id),
      sessions: sessions.map((session) => sessionJson(instance, session)),
      sign_in_id: client.signInId,
      sign_up_id: client.signUpId,
      last_active_session_id: client.lastActiveSessionId,
      last_authentication_strategy: client.lastStrategy,
      created_at: client.createdAt,
      updated_at: client.updatedAt,
    });
  });
}
