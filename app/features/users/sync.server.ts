import { fromDatabase } from "../../db/client.server";
import { type UserStore, writeCachedUser } from "./cache.server";
import {
  type Delivery,
  outcomeOfDeletion,
  outcomeOfState,
  recordDelivery,
} from "./deliveries.server";
import { deleteUser, insertUser } from "./repository.server";
import type { DeliveryOutcome, User, UserState } from "./user";

/** What a verified webhook asks for; `ignored` and `rejected` change no user. */
export type UserEvent =
  | { kind: "state"; state: UserState }
  | { kind: "deletion"; clerkUserId: string }
  | { kind: "ignored" }
  | { kind: "rejected"; reason: string };

export interface SyncResult {
  outcome: DeliveryOutcome;
  /** The row as it stands after the change; null where nothing was written. */
  user: User | null;
}

/**
 * Applies one delivery: ledger and row in one batch, then the cache.
 * @throws {ServiceUnavailableError} when D1 did not take it; the sender must try again.
 */
export async function applyDelivery(
  store: UserStore,
  delivery: Delivery,
  event: UserEvent,
  now: number,
): Promise<SyncResult> {
  const { recorded, user } = await runBatch(store, delivery, event, now);
  if (user) await writeCachedUser(store, user);
  return { outcome: recorded.attempts > 1 ? "duplicate" : recorded.outcome, user };
}

async function runBatch({ db }: UserStore, delivery: Delivery, event: UserEvent, now: number) {
  switch (event.kind) {
    case "state": {
      const { clerkUserId, clerkUpdatedAt } = event.state;
      const [ledger, rows] = await fromDatabase(
        db.batch([
          recordDelivery(db, delivery, outcomeOfState(clerkUserId, clerkUpdatedAt), now),
          insertUser(db, event.state, now),
        ]),
      );
      return { recorded: first(ledger), user: rows[0] ?? null };
    }
    case "deletion": {
      const [ledger, rows] = await fromDatabase(
        db.batch([
          recordDelivery(db, delivery, outcomeOfDeletion(event.clerkUserId), now),
          deleteUser(db, event.clerkUserId, now),
        ]),
      );
      return { recorded: first(ledger), user: rows[0] ?? null };
    }
    case "ignored":
      return {
        recorded: first(await fromDatabase(recordDelivery(db, delivery, "ignored", now))),
        user: null,
      };
    case "rejected": {
      const ledger = recordDelivery(db, delivery, "rejected", now, event.reason);
      return { recorded: first(await fromDatabase(ledger)), user: null };
    }
  }
}

/**
 * Applies what Clerk said when we asked it ourselves (a first request), outside any delivery.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
export async function applyUserState(
  store: UserStore,
  state: UserState,
  now: number,
): Promise<User | null> {
  return writeThrough(store, await fromDatabase(insertUser(store.db, state, now)));
}

/**
 * Buries a person whom Clerk no longer knows.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
export async function applyDeletion(
  store: UserStore,
  clerkUserId: string,
  now: number,
): Promise<User | null> {
  return writeThrough(store, await fromDatabase(deleteUser(store.db, clerkUserId, now)));
}

async function writeThrough(store: UserStore, [user]: User[]): Promise<User | null> {
  if (!user) return null;
  await writeCachedUser(store, user);
  return user;
}

function first<Row>([row]: Row[]): Row {
  if (row === undefined) throw new Error("RETURNING gave no row");
  return row;
}
