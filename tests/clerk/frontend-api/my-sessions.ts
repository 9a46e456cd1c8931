import { Hono } from "hono";
import { endSession } from "../accounts/sessions.ts";
import type { Instance } from "../instance.ts";
import { activeSessionsOfUser, sessions } from "../state/sessions.ts";
import { resourceNotFound } from "../wire/errors.ts";
import { frontendSessionJson, sessionJson } from "../wire/session-json.ts";
import { noFields } from "./form-fields.ts";
import { authorizedParty, parseForm, pathId, requireSession, respond } from "./request.ts";

/** `/v1/me/sessions`: where the user is signed in. */
export function mySessionRoutes(instance: Instance): Hono {
  const routes = new Hono();

  routes.get("/me/sessions", (c) => {
    const { userId } = requireSession(instance, c);
    const all = sessions.select(
      instance.db,
      "WHERE user_id = ? ORDER BY created_at DESC LIMIT 100",
      userId,
    );
    const party = authorizedParty(c);
    return c.json(all.map((session) => frontendSessionJson(instance, session, party)));
  });

  routes.get("/me/sessions/active", (c) => {
    const { userId } = requireSession(instance, c);
    const active = activeSessionsOfUser(instance.db, userId, instance.clock.now());
    return c.json(active.map((session) => sessionJson(instance, session)));
  });

  routes.post("/me/sessions/:id/revoke", async (c) => {
    await parseForm(c, noFields);
    const { userId } = requireSession(instance, c);
    const active = activeSessionsOfUser(instance.db, userId, instance.clock.now());
    const session = active.find(({ id }) => id === pathId(c));
    if (session === undefined) throw resourceNotFound("session", pathId(c));
    const revoked = endSession(instance, session, "revoked");
    return respond(instance, c, frontendSessionJson(instance, revoked, authorizedParty(c)));
  });

  return routes;
}
