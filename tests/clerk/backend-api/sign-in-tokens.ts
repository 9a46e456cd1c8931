import { Hono } from "hono";
import { z } from "zod";
import { createTicket, revokeTicket } from "../accounts/tickets.ts";
import type { Instance } from "../instance.ts";
import type { Ticket } from "../state/attempts.ts";
import { noParameters, pathId, readJson } from "./request.ts";

const monthSeconds = 30 * 24 * 60 * 60;

const createBody = z.strictObject({
  user_id: z.string(),
  expires_in_seconds: z.number().int().min(1).nullish(),
});

/** `/v1/sign_in_tokens`: one-time tokens that sign a user in (`strategy=ticket`). */
export function signInTokenRoutes(instance: Instance): Hono {
  const routes = new Hono();

  routes.post("/sign_in_tokens", async (c) => {
    const body = await readJson(c, createBody);
    const lifetimeSeconds = body.expires_in_seconds ?? monthSeconds;
    return c.json(ticketJson(createTicket(instance, { userId: body.user_id, lifetimeSeconds })));
  });

  routes.post("/sign_in_tokens/:id/revoke", async (c) => {
    await readJson(c, noParameters);
    return c.json(ticketJson(revokeTicket(instance, pathId(c), "sign_in_token")));
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
