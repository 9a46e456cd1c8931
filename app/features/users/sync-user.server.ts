import type { UserChange } from "~/clerk/user-state.server";
import { type Database, runQuery } from "~/db/client.server";
import type { DeliveryOutcome } from "~/db/enums";
import { softDeleteUsers } from "./redact-users.server";
import { upsertUsers } from "./upsert-users.server";
import type { User } from "./user";
import { type UserStore, writeCachedUser } from "./user-cache.server";
import {
  type Delivery,
  type DeliveryRow,
  recordChange,
  recordDelivery,
} from "./webhook-ledger.server";

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
  const { outcome, user } = delivery
    ? await applyWebhook(store, change, now, delivery)
    : await applySnapshot(store, change, now);
  if (user) await writeCachedUser(store, user);
  return { outcome, user };
}

async function applyWebhook(
  { db }: UserStore,
  change: UserChange,
  now: number,
  delivery: Delivery,
): Promise<SyncResult> {
  const [[record], [user = null]] = await runQuery(
    db.batch([recordChange(db, delivery, change, now), writeChange(db, change, now)]),
  );
  return { outcome: record ? deliveryOutcome(record) : "stale", user };
}

const deliveryOutcome = ({ outcome, attempts }: DeliveryRow): DeliveryOutcome =>
  attempts > 1 ? "duplicate" : outcome;

async function applySnapshot(
  { db }: UserStore,
  change: UserChange,
  now: number,
): Promise<SyncResult> {
  const [user = null] = await runQuery(writeChange(db, change, now));
  return { outcome: user ? "applied" : "stale", user };
}

function writeChange(db: Database, change: UserChange, now: number) {
  return change.kind === "state"
    ? upsertUsers(db, [change.state], now)
    : softDeleteUsers(db, [change.clerkUserId], now);
}

/**
 * Writes down a delivery that changes nobody.
 * @throws {ServiceUnavailableError} when D1 did not take it.
 */
export async function recordUnappliedDelivery(
  { db }: UserStore,
  delivery: Delivery,
  outcome: "ignored" | "rejected",
  now: number,
): Promise<SyncResult> {
  const [recorded] = await runQuery(recordDelivery(db, delivery, outcome, now));
  return { outcome: recorded ? deliveryOutcome(recorded) : outcome, user: null };
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
