import assert from "node:assert/strict";
import { wordsOf } from "../../../app/db/search/words.ts";
import { crons } from "../crons.ts";
import type { Platform } from "../platform.ts";
import type { TestUser } from "./test-users.ts";

/** Runs the crons without faults until all users are reconciled and no metadata push is pending. */
export async function runRepairs(platform: Platform): Promise<void> {
  const { db } = platform;
  await platform.armFault(null);
  const open = "select count(*) as n from reconcile_runs where finished_at is null";
  const pending =
    "select count(*) as n from users where metadata_pending = 1 or cache_pending is not null";
  const count = async (query: string) => Number(await db.prepare(query).first("n"));
  const advanceTime = async () => {
    await db.exec("update users set metadata_retry_at = null where metadata_retry_at is not null");
    await db.exec("update reconcile_runs set lease_until = 0 where finished_at is null");
  };
  // First finishes any interrupted run: users it already checked may have changed.
  for (const cron of [crons.frequent, crons.daily]) {
    do {
      await advanceTime();
      await platform.scheduled(cron);
    } while ((await count(open)) > 0);
  }
  for (let tick = 0; tick < 50 && (await count(pending)) > 0; tick++) {
    await advanceTime();
    await platform.scheduled(crons.frequent);
  }
}

/** Rows match Clerk, deleted users stay deleted, and roles are those that admins set. */
export async function expectConverged(
  platform: Platform,
  users: readonly TestUser[],
): Promise<void> {
  for (const user of users) await expectUserConverged(platform, user);
}

async function expectUserConverged(platform: Platform, testUser: TestUser): Promise<void> {
  const { db, clerk } = platform;
  const { clerkUserId, active, role } = testUser;
  const { results } = await db
    .prepare("select * from users where clerk_user_id = ?")
    .bind(clerkUserId)
    .all();
  const [row] = results;
  await expectWords(platform, row);
  if (!active) {
    // There is no row if every message about the user was lost.
    if (row) assert.equal(typeof row.deleted_at, "number", `${clerkUserId} was restored`);
    const redacted = { name: "Deleted user", email: null, image_url: null, metadata_pending: 0 };
    assert.partialDeepStrictEqual(results, row ? [redacted] : []);
    return;
  }
  const user = await clerk.getUser(clerkUserId);
  assert.equal(results.length, 1, `${clerkUserId} has one row`);
  const primary = user.email_addresses.find(({ id }) => id === user.primary_email_address_id);
  assert.partialDeepStrictEqual(row, {
    name: [user.first_name, user.last_name].filter(Boolean).join(" "),
    email: primary?.email_address,
    image_url: user.image_url,
    clerk_updated_at: user.updated_at,
    role,
    metadata_pending: 0,
    refresh_pending: 0,
    cache_pending: null,
    deleted_at: null,
  });
  await expectEnded(platform, testUser);
  const isBanned = row?.banned_at !== null;
  assert.equal(isBanned, user.banned, `${clerkUserId} is ${isBanned ? "" : "not "}banned`);
  assert.partialDeepStrictEqual(user.public_metadata, { dbId: row?.id, role });
}

/** A row is found by the words of its name and email address, a tombstone by none. */
async function expectWords({ db }: Platform, row?: Record<string, unknown>): Promise<void> {
  if (!row) return;
  const { results } = await db
    .prepare("select word from search_words where kind = 'user' and row_id = ?")
    .bind(row.id)
    .all();
  const words = row.deleted_at === null ? wordsOf(`${row.name} ${row.email ?? ""}`) : [];
  assert.deepEqual(results.map(({ word }) => word).sort(), words.sort());
}

/** Ended sessions are refused by a page that reads D1; a ban is refused in another way. */
async function expectEnded({ origin }: Platform, user: TestUser): Promise<void> {
  for (const { id, token } of user.endedSessions) {
    const headers = { Authorization: `Bearer ${token}` };
    const { status } = await fetch(`${origin}/courses`, { headers, redirect: "manual" });
    assert.ok(status === 302 || status === 403, `${id} is still accepted: ${status}`);
  }
}
