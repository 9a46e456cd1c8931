import { fromDatabase } from "../../db/client.server";
import { type UserStore, writeCachedUser } from "./cache.server";
import { type Delivery, outcomeOf, recordDelivery } from "./deliveries.server";
import { buryUsers, upsertUsers } from "./repository.server";
import type { DeliveryOutcome, User, UserChange } from "./user";

export interface SyncResult {
  outcome: DeliveryOutcome;
  /** The row as it stands after the change; null where nothing was written. */
  user: User | null;
}

/**
 * The one way a person's row changes by what Clerk says, whoever asked: a webhook, a first request, a push. Row, outbox flag
 * and the note of the delivery are one batch; then the cache.
 * @throws {ServiceUnavailableError} when D1 did not take it, or did not say so.
 */
export async function applyChange(
  store: UserStore,
  change: UserChange,
  now: number,
  delivery?: Delivery,
): Promise<SyncResult> {
  const { db } = store;
  const write =
    change.kind === "state"
      ? upsertUsers(db, [change.state], now)
      : buryUsers(db, [change.clerkUserId], now);
  if (!delivery) {
    const [user = null] = await fromDatabase(write);
    if (user) await writeCachedUser(store, user);
    return { outcome: user ? "applied" : "stale", user };
  }
  const note = recordDelivery(db, delivery, outcomeOf(change), now);
  const [[noted], [user = null]] = await fromDatabase(db.batch([note, write]));
  if (user) await writeCachedUser(store, user);
  return { outcome: noted && noted.attempts > 1 ? "duplicate" : (noted?.outcome ?? "stale"), user };
}

/**
 * Writes down a delivery that changes nobody.
 * @throws {ServiceUnavailableError} when D1 did not take it.
 */
export async function noteDelivery(
  { db }: UserStore,
  delivery: Delivery,
  outcome: "ignored" | "rejected",
  now: number,
): Promise<SyncResult> {
  const [noted] = await fromDatabase(recordDelivery(db, delivery, outcome, now));
  return { outcome: noted && noted.attempts > 1 ? "duplicate" : outcome, user: null };
}

/** Adds or updates a person by what Clerk says; null where the row is newer or a tombstone, or already says so. */
export async function insertUser(
  store: UserStore,
  change: Extract<UserChange, { kind: "state" }>["state"],
  now: number,
) {
  return (await applyChange(store, { kind: "state", state: change }, now)).user;
}

/** Buries a person whom Clerk no longer knows; null where that was done before. */
export async function deleteUser(store: UserStore, clerkUserId: string, now: number) {
  return (await applyChange(store, { kind: "deletion", clerkUserId }, now)).user;
}
