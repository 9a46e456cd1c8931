import { Hono } from "hono";
import { z } from "zod";
import { getUser } from "../accounts/users.ts";
import type { Instance } from "../instance.ts";
import { type Ticket, tickets } from "../state/attempts.ts";
import { newId } from "../state/identifiers.ts";
import { resourceNotFound } from "../wire/errors.ts";
import { pathId, readJson } from "./request.ts";

const monthSeconds = 30 * 24 * 60 * 60;

const createBody = z.object({
  user_id: z.string(),
  expires_in_seconds: z.number().int().min(1).nullish(),
});

/** `/v1/sign_in_tokens`: one-time tokens that sign a user in (`strategy=ticket`). */
export function signInTokenRoutes(instance: Instance): Hono {
  const { db, clock } = instance;
  const routes = new Hono();

  routes.post("/sign_in_tokens", async (c) => {
    const body = await readJson(c, createBody);
    const now = clock.now();
    const ticket = tickets.save(db, {
      id: newId("sit"),
      userId: getUser(instance, body.user_id).id,
      actor: null,
      sessionSeconds: null,
      token: newId("ticket"),
      status: "pending",
      expireAt: now + (body.expires_in_seconds ?? monthSeconds) * 1000,
      createdAt: now,
      updatedAt: now,
    });
    return c.json(ticketJson(ticket));
  });

  routes.post("/sign_in_tokens/:id/revoke", (c) => {
    const ticket = tickets.find(db, pathId(c));
    if (ticket === undefined) throw resourceNotFound("sign in token", pathId(c));
    return c.json(
      ticketJson(tickets.save(db, { ...ticket, status: "revoked", updatedAt: clock.now() })),
    );
  });

  return routes;
}

function ticketJson(ticket: Ticket) {
  return {
    object: "sign_in_token",
    id: ticket.id,
    user_id: ticket.userId,
    token: ticket.token,
    status: ticket.status,
    url: `/sign-in?__clerk_ticket=${ticket.token}`,
    created_at: ticket.createdAt,
    updated_at: ticket.updatedAt,
  };
}
