import { type Context, Hono } from "hono";
import { z } from "zod";
import { endSession, startSession, unknownActivity } from "../accounts/sessions.ts";
import { getUser } from "../accounts/users.ts";
import type { Instance } from "../instance.ts";
import { createClient } from "../state/clients.ts";
import { type Session, sessionStatuses, sessions, statusOf } from "../state/sessions.ts";
import { mintSessionToken, tokenLifetimeSeconds } from "../tokens/session-token.ts";
import {
  missingQueryParameters,
  resourceNotFound,
  signedOut,
  templateNotFound,
} from "../wire/errors.ts";
import { sessionJson } from "../wire/session-json.ts";
import { onlyInDevelopment } from "../wire/source-errors.ts";
import {
  flagParam,
  noParameters,
  pageQuery,
  pathId,
  readJson,
  readQuery,
  stringParam,
} from "./request.ts";

const listQuery = z.strictObject({
  user_id: stringParam.optional(),
  client_id: stringParam.optional(),
  status: stringParam.pipe(z.enum([...sessionStatuses, "abandoned", "replaced"])).optional(),
  paginated: flagParam.optional(),
  ...pageQuery,
});

const createBody = z.strictObject({ user_id: z.string() });

const tokenBody = z.strictObject({
  expires_in_seconds: z.number().int().min(30).max(315_360_000).nullish(),
});

/** `/v1/sessions`. */
export function sessionRoutes(instance: Instance): Hono {
  const routes = new Hono();

  routes.get("/sessions", (c) => {
    const query = readQuery(c, listQuery);
    const matching = findSessions(instance, query);
    const page = matching.slice(query.offset, query.offset + query.limit);
    const data = page.map((session) => sessionJson(instance, session));
    return c.json(query.paginated ? { data, total_count: matching.length } : data);
  });

  routes.post("/sessions", async (c) => {
    if (instance.deployment.isProduction) throw onlyInDevelopment();
    const { user_id } = await readJson(c, createBody);
    const user = getUser(instance, user_id);
    const { id: clientId } = createClient(instance.db, instance.clock);
    const session = startSession(instance, clientId, user.id, unknownActivity());
    return c.json(sessionJson(instance, session));
  });

  routes.get("/sessions/:id", (c) => c.json(sessionJson(instance, getSession(instance, c))));

  routes.post("/sessions/:id/revoke", async (c) => {
    await readJson(c, noParameters);
    const revoked = endSession(instance, getSession(instance, c), "revoked");
    return c.json(sessionJson(instance, revoked));
  });

  routes.post("/sessions/:id/tokens/:template?", async (c) => {
    const { expires_in_seconds } = await readJson(c, tokenBody);
    const template = c.req.param("template");
    if (template !== undefined) throw templateNotFound(template);
    const session = getSession(instance, c);
    if (statusOf(session, instance.clock.now()) !== "active") throw signedOut();
    const lifetimeSeconds = expires_in_seconds ?? tokenLifetimeSeconds;
    const jwt = mintSessionToken(instance, session, undefined, lifetimeSeconds);
    return c.json({ object: "token", jwt });
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
  if (value === undefined) throw missingQueryParameters(["client_id", "user_id"]);
  const now = instance.clock.now();
  return sessions
    .select(instance.db, `WHERE ${column} = ? ORDER BY created_at DESC`, value)
    .filter((session) => clientId === undefined || session.clientId === clientId)
    .filter((session) => query.status === undefined || statusOf(session, now) === query.status);
}
