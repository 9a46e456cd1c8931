import { expect, test } from "vitest";
import { crons } from "../support/crons.ts";
import { eventually } from "../support/eventually.ts";
import { usePlatform } from "../support/fixtures.ts";
import { cookieHeader, createSignedInUser } from "../support/signed-in-user.ts";

const platform = await usePlatform();

const day = 24 * 60 * 60 * 1000;

test("deletes webhook deliveries older than 30 days", async () => {
  const insert = platform.db.prepare(
    `insert into webhook_deliveries (svix_id, type, outcome, first_received_at, last_received_at)
     values (?1, 'user.updated', 'applied', ?2, ?2)`,
  );
  await platform.db.batch([
    insert.bind("msg_old", Date.now() - 31 * day),
    insert.bind("msg_young", Date.now() - 29 * day),
  ]);
  await platform.scheduled(crons.frequent);
  const kept = await platform.db.prepare("select svix_id from webhook_deliveries").raw();
  expect(kept).toEqual([["msg_young"]]);
});

/** A user whose role has changed in D1, with a pending push to Clerk. */
async function createUserWithPendingPush(): Promise<{
  clerkUserId: string;
  cookies: Record<string, string>;
}> {
  const user = await createSignedInUser(platform);
  await eventually(async () => expect((await rowOf(user.clerkUserId))?.metadata_pending).toBe(0));
  await platform.db
    .prepare("update users set role = 'admin', metadata_pending = 1 where clerk_user_id = ?")
    .bind(user.clerkUserId)
    .run();
  await platform.kv.delete(`user:v3:${user.clerkUserId}`);
  return user;
}

const rowOf = (clerkUserId: string) =>
  platform.db.prepare("select * from users where clerk_user_id = ?").bind(clerkUserId).first();

test("the cron pushes pending metadata", async () => {
  const { clerkUserId } = await createUserWithPendingPush();
  await platform.scheduled(crons.frequent);
  expect((await platform.clerk.getUser(clerkUserId)).public_metadata).toMatchObject({
    role: "admin",
  });
  expect(await rowOf(clerkUserId)).toMatchObject({ metadata_pending: 0 });
});

test("the cron soft-deletes a user with a pending push who is missing at Clerk", async () => {
  const { clerkUserId } = await createUserWithPendingPush();
  await platform.clerk.hold();
  await platform.clerk.deleteUser(clerkUserId);
  await platform.scheduled(crons.frequent);
  expect(await rowOf(clerkUserId)).toMatchObject({
    name: "Deleted user",
    deleted_at: expect.any(Number),
  });
  await platform.clerk.release();
});

test("neither the cron nor the user's next request pushes before the retry time", async () => {
  const { clerkUserId, cookies } = await createUserWithPendingPush();
  const later = Date.now() + 20 * 60_000;
  await platform.db
    .prepare("update users set metadata_retry_at = ? where clerk_user_id = ?")
    .bind(later, clerkUserId)
    .run();
  await platform.scheduled(crons.frequent);
  await fetch(`${platform.origin}/api/me`, { headers: cookieHeader(cookies) });
  expect(await rowOf(clerkUserId)).toMatchObject({ metadata_pending: 1, metadata_retry_at: later });
  expect((await platform.clerk.getUser(clerkUserId)).public_metadata).toMatchObject({
    role: "user",
  });
});
