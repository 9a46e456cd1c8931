import { type Context, Hono } from "hono";
import { z } from "zod";
import { endSession } from "../accounts/sessions.ts";
import type { Instance } from "../instance.ts";
import { type Session, sessionStatuses, sessions, statusOf } from "../state/sessions.ts";
import { mintSessionToken } from "../tokens/session-token.ts";
import { invalidParameter, resourceNotFound, signedOut } from "../wire/errors.ts";
import { sessionJson } from "../wire/session-json.ts";
import { pageQuery, pathId, readQuery, stringParam } from "./request.ts";

const listQuery = z.object({
  user_id: stringParam.optional(),
  client_id: stringParam.optional(),
  status: stringParam.pipe(z.enum(sessionStatuses)).optional(),
  paginated: stringParam.optional(),
  ...pageQuery,
});

/** `/v1/sessions`. */
export function sessionRoutes(instance: Instance): Hono {
  const routes = new Hono();

  routes.get("/sessions", (c) => {
    const query = readQuery(c, listQuery);
    const matching = findSessions(instance, query);
    const page = matching.slice(query.offset, query.offset + query.limit);
    const data = page.map((session) => sessionJson(instance, session));
    const paginated = query.paginated === "true";
    return c.json(paginated ? { data, total_count: matching.length } : data);
  });

  routes.get("/sessions/:id", (c) => c.json(sessionJson(instance, getSession(instance, c))));

  routes.post("/sessions/:id/revoke", (c) => {
    const revoked = endSession(instance, getSession(instance, c), "revoked");
    return c.json(sessionJson(instance, revoked));
  });

  routes.post("/sessions/:id/tokens/:template?", (c) => {
    const template = c.req.param("template");
    if (template !== undefined) throw resourceNotFound("JWT template", template);
    const session = getSession(instance, c);
    if (statusOf(session, instance.clock.now()) !== "active") throw signedOut();
    return c.json({ object: "token", jwt: mintSessionToken(instance, session) });
  });

  return routes;
}

function getSession(instance: Instance, c: Context): Session {
  const session = sessions.find(instance.db, pathId(c));
  if (session === undefined) throw resourceNotFound("session", pathId(c));
  return session;
}

/** Like Clerk, requires a user or client id. */
function findSessions(instance: Instance, query: z.infer<typeof listQuery>): Session[] {
  const { user_id: userId, client_id: clientId } = query;
  const [column, value] = userId === undefined ? ["client_id", clientId] : ["user_id", userId];
  if (value === undefined) throw invalidParameter("user_id", "or client_id is required");
  const now = instance.clock.now();
  return sessions
    .select(instance.db, `WHERE ${column} = ? ORDER BY created_at DESC`, value)
    .filter((session) => clientId === undefined || session.clientId === clientId)
    .filter((session) => query.status === undefined || statusOf(session, now) === query.status);
}
