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
  /** Null if nothing was written. */
  user: User | null;
}

/**
 * Applies every change from Clerk: row, outbox flag and ledger entry in one batch, then the cache.
 * @throws {ServiceUnavailableError} if D1 fails; the write may still have happened.
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

/** Records a delivery that changes no user. */
export async function recordUnappliedDelivery(
  { db }: UserStore,
  delivery: Delivery,
  outcome: "ignored" | "rejected",
  now: number,
): Promise<SyncResult> {
  const [recorded] = await runQuery(recordDelivery(db, delivery, outcome, now));
  return { outcome: recorded ? deliveryOutcome(recorded) : outcome, user: null };
}

/** Inserts or updates a user; null if the row is newer, equal or a tombstone. */
export async function insertUser(
  store: UserStore,
  change: Extract<UserChange, { kind: "state" }>["state"],
  now: number,
) {
  return (await applyChange(store, { kind: "state", state: change }, now)).user;
}

/** Soft-deletes a user; null if already deleted. */
export async function deleteUser(store: UserStore, clerkUserId: string, now: number) {
  return (await applyChange(store, { kind: "deletion", clerkUserId }, now)).user;
}
