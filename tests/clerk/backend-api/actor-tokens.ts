import { Hono } from "hono";
import { z } from "zod";
import { createActorToken } from "../accounts/actor-tokens.ts";
import type { Instance } from "../instance.ts";
import { type Ticket, tickets } from "../state/attempts.ts";
import { actorSchema } from "../state/sessions.ts";
import { resourceNotFound } from "../wire/errors.ts";
import { pathId, readJson } from "./request.ts";

const createBody = z.object({
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
    const ticket = createActorToken(instance, {
      userId: body.user_id,
      actor: body.actor,
      lifetimeSeconds: body.expires_in_seconds,
      sessionSeconds: body.session_max_duration_in_seconds,
    });
    return c.json(actorTokenJson(ticket));
  });

  routes.post("/actor_tokens/:id/revoke", (c) => {
    const ticket = tickets.find(instance.db, pathId(c));
    if (!ticket?.actor) throw resourceNotFound("actor token", pathId(c));
    const updatedAt = instance.clock.now();
    const revoked = tickets.save(instance.db, { ...ticket, status: "revoked", updatedAt });
    return c.json(actorTokenJson(revoked));
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
