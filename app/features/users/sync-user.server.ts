import type { UserChange, UserState } from "~/clerk/user-state.server";
import { type Database, runQuery } from "~/db/client.server";
import type { DeliveryOutcome } from "~/db/enums";
import { endSession } from "./end-session.server";
import { softDeleteUsers } from "./redact-users.server";
import { deliveredState, fetchedStates } from "./state-batch.server";
import { upsertUsers } from "./upsert-users.server";
import type { User } from "./user";
import { type UserStore, writeCachedUser } from "./user-cache.server";
import { storeWordsOfWritten } from "./user-words.server";
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

/** One batch, then the cache. If D1 fails, the write may still have happened. */
export async function applyDelivery(
  store: UserStore,
  change: UserChange,
  now: number,
  delivery: Delivery,
): Promise<SyncResult> {
  const { db } = store;
  const [[record], [user = null]] = await runQuery(
    db.batch([
      recordChange(db, delivery, change, now),
      writeChange(db, change, now),
      ...(change.kind === "state" ? storeWordsOfWritten(db, [change.state], now) : []),
    ]),
  );
  if (user) await writeCachedUser(store, user);
  return { outcome: record ? deliveryOutcome(record) : "stale", user };
}

const deliveryOutcome = ({ outcome, attempts }: DeliveryRow): DeliveryOutcome =>
  attempts > 1 ? "duplicate" : outcome;

function writeChange(db: Database, change: UserChange, now: number) {
  switch (change.kind) {
    case "state":
      return upsertUsers(db, deliveredState(change.state, now), now);
    case "deletion":
      return deleteInD1(db, change.clerkUserId, now);
    case "ended-session":
      return endSession(db, change, now);
  }
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

/** Null if the row is newer, equal or a tombstone. `readAt`: the time before Clerk was asked. */
export async function insertUser(
  store: UserStore,
  state: UserState,
  readAt: number,
): Promise<User | null> {
  const { db } = store;
  const now = Date.now();
  const upsert = upsertUsers(db, fetchedStates([state], readAt), now);
  const [[user = null]] = await runQuery(
    db.batch([upsert, ...storeWordsOfWritten(db, [state], now)]),
  );
  if (user) await writeCachedUser(store, user);
  return user;
}

/** Soft-deletes a user; null if already deleted. */
export async function deleteUser(
  store: UserStore,
  clerkUserId: string,
  now: number,
): Promise<User | null> {
  const [user = null] = await runQuery(deleteInD1(store.db, clerkUserId, now));
  if (user) await writeCachedUser(store, user);
  return user;
}

const deleteInD1 = (db: Database, clerkUserId: string, now: number) =>
  softDeleteUsers(db, [clerkUserId], now);
