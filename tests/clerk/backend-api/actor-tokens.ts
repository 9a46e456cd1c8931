import { Hono } from "hono";
import { z } from "zod";
import { createTicket, revokeTicket } from "../accounts/tickets.ts";
import type { Instance } from "../instance.ts";
import type { Ticket } from "../state/attempts.ts";
import { actorSchema } from "../state/sessions.ts";
import { users } from "../state/users.ts";
import { parameterNotFound } from "../wire/parameter-errors.ts";
import { noParameters, pathId, readJson } from "./request.ts";

const createBody = z.strictObject({
  user_id: z.string(),
  actor: actorSchema,
  expires_in_seconds: z.number().int().min(1).default(3_600),
  session_max_duration_in_seconds: z.number().int().min(1).default(1_800),
});

/** `/v1/actor_tokens`: one-time tokens that sign a person in as a user (`strategy=ticket`). */
export function actorTokenRoutes(instance: Instance): Hono {
  const routes = new Hono();

  routes.post("/actor_tokens", async (c) => {
    const body = await readJson(c, createBody);
    if (users.find(instance.db, body.user_id) === undefined) throw parameterNotFound("user_id");
    const ticket = createTicket(instance, {
      userId: body.user_id,
      lifetimeSeconds: body.expires_in_seconds,
      impersonation: { actor: body.actor, sessionSeconds: body.session_max_duration_in_seconds },
    });
    return c.json(actorTokenJson(ticket));
  });

  routes.post("/actor_tokens/:id/revoke", async (c) => {
    await readJson(c, noParameters);
    return c.json(actorTokenJson(revokeTicket(instance, pathId(c), "actor_token")));
  });

  return routes;
}

const actorTokenJson = (ticket: Ticket) => ({
  object: "actor_token",
  id: ticket.id,
  user_id: ticket.userId,
  actor: ticket.actor,
  token: ticket.token,
  status: ticket.status,
  url: `/sign-in?__clerk_ticket=${ticket.token}`,
  created_at: ticket.createdAt,
  updated_at: ticket.updatedAt,
});
