import { beforeEach, expect, test } from "vitest";
import * as z from "zod";
import { crons } from "../support/crons.ts";
import { eventually } from "../support/eventually.ts";
import { usePlatform } from "../support/fixtures.ts";
import { createSignedInUser } from "../support/signed-in-user.ts";
import { aheadOfTime, postWebhook } from "../support/webhooks.ts";

const platform = await usePlatform();
let clerkUserId: string;
beforeEach(async () => {
  await platform.clerk.stopChaos();
  await platform.clerk.release();
  ({ clerkUserId } = await createSignedInUser(platform, { firstName: "Grace" }));
  await platform.clerk.waitForIdle();
});

const hour = 60 * 60 * 1000;
const rowSchema = z.looseObject({ clerk_updated_at: z.number() });

async function readRow() {
  const select = platform.db.prepare("select * from users where clerk_user_id = ?");
  return rowSchema.parse(await select.bind(clerkUserId).first());
}

const setRow = (columns: string, ...values: unknown[]) =>
  platform.db
    .prepare(`update users set ${columns} where clerk_user_id = ?`)
    .bind(...values, clerkUserId)
    .run();

/** Delivers Clerk's first event about the user again, as if it were from the future. */
async function deliverFromTheFuture(): Promise<unknown> {
  const messages = await platform.clerk.listWebhookMessages({ subjectId: clerkUserId });
  const body = aheadOfTime(messages.at(-1)?.payload ?? "", hour);
  return (await postWebhook({ origin: platform.origin, body })).json();
}

async function reconcile() {
  await platform.scheduled(crons.daily);
  return platform.db.prepare("select * from reconcile_runs order by id desc").first();
}

test("Clerk's present state replaces an event from the future", async () => {
  await platform.clerk.updateUser(clerkUserId, { firstName: "Augusta" });
  await platform.clerk.waitForIdle();
  expect(await deliverFromTheFuture()).toEqual({ outcome: "applied" });
  const user = await platform.clerk.getUser(clerkUserId);
  await eventually(async () => {
    expect(await readRow()).toMatchObject({
      name: "Augusta Lovelace",
      clerk_updated_at: user.updated_at,
      refresh_pending: 0,
      metadata_pending: 0,
    });
  });
});

test("until Clerk answers, the row has the time of receipt and is marked for refresh", async () => {
  await platform.clerk.failBackendApi({ kind: "unavailable", next: 1 });
  const before = Date.now();
  await deliverFromTheFuture();
  const row = await readRow();
  expect(row).toMatchObject({ refresh_pending: 1, metadata_pending: 1 });
  expect(row.clerk_updated_at).toBeGreaterThanOrEqual(before);
  expect(row.clerk_updated_at).toBeLessThanOrEqual(Date.now());
  await eventually(async () => {
    expect(await readRow()).toMatchObject({ metadata_retry_at: expect.any(Number) });
  });
  await platform.clerk.updateUser(clerkUserId, { lastName: "Hopper" });
  await platform.clerk.waitForIdle();
  expect(await readRow()).toMatchObject({ name: "Grace Hopper", refresh_pending: 1 });
  await setRow("metadata_retry_at = null");
  await platform.scheduled(crons.frequent);
  const user = await platform.clerk.getUser(clerkUserId);
  expect(await readRow()).toMatchObject({
    clerk_updated_at: user.updated_at,
    refresh_pending: 0,
    metadata_pending: 0,
  });
});

/** Changes the user while Clerk's clock is ahead, but not that of Svix, which signs the event. */
async function updateAheadOfTime(firstName: string): Promise<void> {
  await platform.clerk.hold();
  await platform.clerk.shiftClock(hour);
  await platform.clerk.updateUser(clerkUserId, { firstName });
  await platform.clerk.shiftClock(0);
  await platform.clerk.release();
  await platform.clerk.waitForIdle();
}

test("changes arrive while Clerk's clock is ahead, and reconciling twice writes nothing", async () => {
  for (const firstName of ["Ada", "Augusta"]) {
    await updateAheadOfTime(firstName);
    await eventually(async () => {
      expect(await readRow()).toMatchObject({ name: `${firstName} Lovelace`, refresh_pending: 0 });
    });
  }
  await reconcile();
  const settled = await readRow();
  expect(settled.clerk_updated_at).toBeLessThanOrEqual(Date.now());
  expect(await reconcile()).toMatchObject({ outdated: 0, ahead: 0, metadata_wrong: 0 });
  expect(await readRow()).toEqual(settled);
});

test.each([
  ["lies far ahead", () => setRow("clerk_updated_at = 9000000000000, name = 'Old'")],
  ["is marked for refresh", () => setRow("refresh_pending = 1, name = 'Old'")],
  [
    "is later than Clerk's, and was stored a while ago",
    () =>
      setRow("clerk_updated_at = ?, updated_at = ?, name = 'Old'", Date.now(), Date.now() - hour),
  ],
])("reconcile counts and repairs a row whose revision %s", async (_, spoil) => {
  await spoil();
  expect(await reconcile()).toMatchObject({ ahead: 1, outdated: 0 });
  const user = await platform.clerk.getUser(clerkUserId);
  expect(await readRow()).toMatchObject({
    name: "Grace Lovelace",
    clerk_updated_at: user.updated_at,
    refresh_pending: 0,
  });
  expect(await reconcile()).toMatchObject({ ahead: 0, outdated: 0 });
});
