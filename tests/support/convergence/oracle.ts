import assert from "node:assert/strict";
import { crons } from "../crons.ts";
import type { Platform } from "../platform.ts";
import type { Person } from "./test-users.ts";

/** What the crons do by themselves once nothing disturbs them: everything is compared, and what is pending is pushed. */
export async function runRepairs(platform: Platform): Promise<void> {
  const { db } = platform;
  await platform.armFault(null);
  const open = "select count(*) as n from reconcile_runs where finished_at is null";
  const pending = "select count(*) as n from users where metadata_pending = 1";
  const count = async (query: string) => Number(await db.prepare(query).first("n"));
  const advanceTime = async () => {
    await db.exec("update users set metadata_retry_at = null where metadata_retry_at is not null");
    await db.exec("update reconcile_runs set lease_until = 0 where finished_at is null");
  };
  // A run that a fault left half way is ended first: what it had passed may have changed since.
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

/** Row and Clerk are equal; the dead stay dead; roles are those that admins gave. */
export async function expectConverged(
  platform: Platform,
  people: readonly Person[],
): Promise<void> {
  for (const person of people) await expectPersonConverged(platform, person);
}

async function expectPersonConverged({ db, clerk }: Platform, person: Person): Promise<void> {
  const { clerkUserId, alive, role } = person;
  const { results } = await db
    .prepare("select * from users where clerk_user_id = ?")
    .bind(clerkUserId)
    .all();
  const [row] = results;
  if (!alive) {
    // Where every word of a person was lost, there is nothing to bury.
    if (row)
      assert.equal(typeof row.deleted_at, "number", `${clerkUserId} came back from the dead`);
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
    deleted_at: null,
  });
  assert.partialDeepStrictEqual(user.public_metadata, { dbId: row?.id, role });
}
