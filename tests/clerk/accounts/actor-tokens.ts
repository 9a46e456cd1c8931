import type { Instance } from "../instance.ts";
import { type Ticket, tickets } from "../state/attempts.ts";
import { newId } from "../state/identifiers.ts";
import type { Actor } from "../state/sessions.ts";
import { getUser } from "./users.ts";

interface ActorTokenInput {
  userId: string;
  actor: Actor;
  lifetimeSeconds: number;
  sessionSeconds: number;
}

export function createActorToken(
  instance: Instance,
  { userId, actor, lifetimeSeconds, sessionSeconds }: ActorTokenInput,
): Ticket {
  const now = instance.clock.now();
  return tickets.save(instance.db, {
    id: newId("act"),
    userId: getUser(instance, userId).id,
    actor,
    sessionSeconds,
    token: newId("ticket"),
    status: "pending",
    expireAt: now + lifetimeSeconds * 1000,
    createdAt: now,
    updatedAt: now,
  });
}
