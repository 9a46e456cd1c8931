import type { Instance } from "../instance.ts";
import { type Ticket, tickets } from "../state/attempts.ts";
import { newId } from "../state/identifiers.ts";
import type { Actor } from "../state/sessions.ts";
import { resourceNotFound } from "../wire/errors.ts";
import {
  ticketAlreadyUsed,
  ticketExpired,
  ticketInvalid,
  ticketNotRevocable,
  ticketRevoked,
} from "../wire/ticket-errors.ts";
import { getUser } from "./users.ts";

interface TicketInput {
  userId: string;
  lifetimeSeconds: number;
  /** For an actor token. */
  impersonation?: { actor: Actor; sessionSeconds: number };
}

/** Creates a sign-in token or an actor token. */
export function createTicket(instance: Instance, input: TicketInput): Ticket {
  const { actor = null, sessionSeconds = null } = input.impersonation ?? {};
  const now = instance.clock.now();
  return tickets.save(instance.db, {
    id: newId(actor === null ? "sit" : "act"),
    userId: getUser(instance, input.userId).id,
    actor,
    sessionSeconds,
    token: newId("ticket"),
    status: "pending",
    expireAt: now + input.lifetimeSeconds * 1000,
    createdAt: now,
    updatedAt: now,
  });
}

/** Throws 404 for an unknown ticket of this kind, and 400 for one that is not pending. */
export function revokeTicket(
  instance: Instance,
  id: string,
  kind: ReturnType<typeof kindOf>,
): Ticket {
  const ticket = tickets.find(instance.db, id);
  if (ticket === undefined || kindOf(ticket) !== kind) {
    throw resourceNotFound(kind.replaceAll("_", " "), id);
  }
  if (ticket.status !== "pending") throw ticketNotRevocable(kind, ticket.status);
  const updatedAt = instance.clock.now();
  return tickets.save(instance.db, { ...ticket, status: "revoked", updatedAt });
}

/** Marks the ticket as used. Throws Clerk's error for one that cannot be used. */
export function redeemTicket(instance: Instance, token: string): Ticket {
  const ticket = findTicket(instance, token);
  if (ticket === undefined) throw ticketInvalid();
  if (ticket.status === "revoked") throw ticketRevoked(kindOf(ticket));
  if (ticket.status === "accepted") throw ticketAlreadyUsed(kindOf(ticket));
  const updatedAt = instance.clock.now();
  if (ticket.expireAt <= updatedAt) throw ticketExpired();
  return tickets.save(instance.db, { ...ticket, status: "accepted", updatedAt });
}

function findTicket(instance: Instance, token: string): Ticket | undefined {
  const [ticket] = tickets.select(
    instance.db,
    "WHERE json_extract(document, '$.token') = ?",
    token,
  );
  return ticket;
}

const kindOf = ({ actor }: Ticket) => (actor === null ? "sign_in_token" : "actor_token");
