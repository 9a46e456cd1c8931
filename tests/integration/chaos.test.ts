import { beforeEach, expect, test } from "vitest";
import { localClerkKeys } from "../clerk/environment.ts";
import { crons } from "../support/crons.ts";
import { eventually } from "../support/eventually.ts";
import { usePlatform } from "../support/fixtures.ts";

const nextSecret = `whsec_${btoa("the next secret, quite long enough")}`;

const platform = await usePlatform({
  CLERK_WEBHOOK_SECRET: `${localClerkKeys.webhookSecret} ${nextSecret}`,
});
beforeEach(async () => {
  await platform.clerk.stopChaos();
  await platform.clerk.release();
});

const rowOf = (clerkUserId: string) =>
  platform.db.prepare("select * from users where clerk_user_id = ?").bind(clerkUserId).first();

async function createUser(): Promise<string> {
  const emailAddresses = [`${crypto.randomUUID()}@example.com`];
  return (await platform.clerk.createUser({ emailAddresses, firstName: "Ada" })).id;
}

async function expectPushed(clerkUserId: string): Promise<void> {
  const row = await rowOf(clerkUserId);
  expect(row).toMatchObject({ metadata_pending: 0 });
  expect((await platform.clerk.getUser(clerkUserId)).public_metadata).toMatchObject({
    dbId: row?.id,
    role: row?.role,
  });
}

test("rows match Clerk after duplicate, reordered, late and badly signed deliveries", async () => {
  await platform.clerk.updateChaos({
    seed: 7,
    deliveries: {
      duplicate: { probability: 0.3, copies: 2 },
      badSignature: { probability: 0.2 },
      delay: { probability: 0.3, ms: 30, random: true },
      reorder: { size: 5, holdMs: 50 },
      concurrency: 4,
    },
  });
  const ids = await Promise.all(Array.from({ length: 20 }, createUser));
  for (const [index, id] of ids.entries()) {
    if (index % 3 === 0) await platform.clerk.updateUser(id, { firstName: "Augusta" });
    if (index % 5 === 0) await platform.clerk.deleteUser(id);
  }
  await platform.clerk.waitForIdle({ retries: true });
  for (const [index, id] of ids.entries()) {
    const name = index % 5 === 0 ? "Deleted user" : index % 3 === 0 ? "Augusta" : "Ada";
    expect(await rowOf(id), `user ${index}`).toMatchObject({ name });
  }
});

test("the daily reconciliation repairs a lost event", async () => {
  await platform.clerk.updateChaos({ deliveries: { drop: { next: 1 } } });
  const id = await createUser();
  await platform.clerk.waitForIdle({ retries: true });
  expect(await rowOf(id)).toBeNull();
  await platform.scheduled(crons.daily);
  expect(await rowOf(id)).toMatchObject({ name: "Ada" });
});

/** A user whose metadata push has caused its event. */
async function createPushedUser(): Promise<string> {
  const id = await createUser();
  await eventually(async () => expect(await rowOf(id)).toMatchObject({ metadata_pending: 0 }));
  await platform.clerk.waitForIdle({ retries: true });
  return id;
}

test("rotating the webhook secret loses no events", async () => {
  await platform.clerk.rotateWebhookSecret({ secret: nextSecret, graceMs: 60_000 });
  const during = await createPushedUser();
  await platform.clerk.rotateWebhookSecret({ secret: nextSecret, graceMs: 0 });
  const after = await createPushedUser();
  await platform.clerk.rotateWebhookSecret({ secret: localClerkKeys.webhookSecret, graceMs: 0 });
  for (const id of [during, after]) {
    expect(await rowOf(id)).toMatchObject({ name: "Ada" });
    for (const message of await platform.clerk.listWebhookMessages({ subjectId: id })) {
      expect(message).toMatchObject({ status: "delivered", attempts: 1 });
    }
  }
});

test("a push respects Clerk's Retry-After and succeeds later", async () => {
  await platform.clerk.failBackendApi({ kind: "rate_limited", retryAfterSeconds: 30 });
  const requested = Date.now();
  const id = await createUser();
  await platform.clerk.waitForIdle({ retries: true });
  await eventually(async () =>
    expect((await rowOf(id))?.metadata_retry_at).toEqual(expect.any(Number)),
  );
  const row = await rowOf(id);
  expect(row).toMatchObject({ metadata_pending: 1 });
  expect(row?.metadata_retry_at).toBeGreaterThanOrEqual(requested + 30_000);
  expect(row?.metadata_retry_at).toBeLessThan(requested + 40_000);
  await platform.scheduled(crons.frequent);
  expect(await rowOf(id)).toMatchObject({ metadata_pending: 1 });
  await platform.db.exec(
    "update users set metadata_retry_at = 0 where metadata_retry_at is not null",
  );
  await platform.scheduled(crons.frequent);
  await expectPushed(id);
});

test("no other push is tried once Clerk has asked for a pause", async () => {
  const ids = [];
  for (let n = 0; n < 3; n++) ids.push(await createPushedUser());
  await platform.clerk.hold();
  await platform.db.exec(
    "update users set role = 'admin', metadata_pending = 1, metadata_retry_at = null",
  );
  await platform.clerk.failBackendApi({
    kind: "rate_limited",
    retryAfterSeconds: 30,
    route: "users.metadata",
  });
  await platform.scheduled(crons.frequent);
  const count = "select count(metadata_retry_at) as postponed, count(*) as pending from users";
  const pending = platform.db.prepare(`${count} where metadata_pending`);
  expect(await pending.first()).toMatchObject({ postponed: 1 });
  expect(await pending.first("pending")).toBeGreaterThanOrEqual(ids.length);
  await platform.clerk.release();
  await platform.db.exec("update users set metadata_retry_at = null");
  await platform.scheduled(crons.frequent);
  for (const id of ids) await expectPushed(id);
});

test.each([
  ["internal_error", false],
  ["unavailable", true],
  ["cut_connection", false],
  ["cut_connection", true],
] as const)("a push that fails with %s (applied: %s) is retried", async (kind, acts) => {
  await platform.clerk.failBackendApi({ kind, acts, route: "users.metadata" });
  const id = await createUser();
  await platform.clerk.waitForIdle({ retries: true });
  await eventually(async () => {
    await platform.db.exec("update users set metadata_retry_at = null");
    await platform.scheduled(crons.frequent);
    await expectPushed(id);
  });
});

test("an unresponsive Clerk does not delay deliveries", async () => {
  await platform.clerk.failBackendApi({ kind: "slow_answer", delayMs: 60_000, acts: true });
  const id = await createUser();
  await platform.clerk.waitForIdle({ retries: true });
  const [message] = await platform.clerk.listWebhookMessages({ subjectId: id });
  const [attempt] = await platform.clerk.listWebhookAttempts(message?.id ?? "");
  expect(attempt).toMatchObject({ status: 200 });
  // The app's own timeout for Clerk is 5 s.
  expect(attempt?.durationMs).toBeLessThan(5_000);
});

test("all metadata is pushed in the end despite Clerk's documented rate limits", async () => {
  await platform.clerk.updateChaos({ api: { rateLimits: "development" } });
  const ids = await Promise.all(Array.from({ length: 70 }, createUser));
  await platform.clerk.waitForIdle({ retries: true });
  const postponed = platform.db.prepare(
    "select count(*) as n from users where metadata_retry_at is not null",
  );
  await eventually(async () => expect(await postponed.first("n")).toBeGreaterThan(0));
  await platform.clerk.stopChaos();
  await eventually(async () => {
    await platform.db.exec("update users set metadata_retry_at = null");
    await platform.scheduled(crons.frequent);
    for (const id of ids) await expectPushed(id);
  });
});

test("reconciliation repairs deliveries that were rejected because of a wrong clock at Clerk", async () => {
  await platform.clerk.shiftClock(10 * 60_000);
  const id = await createUser();
  await platform.clerk.waitForIdle();
  expect(await rowOf(id)).toBeNull();
  await platform.clerk.shiftClock(0);
  await platform.scheduled(crons.daily);
  expect(await rowOf(id)).toMatchObject({ name: "Ada" });
});
