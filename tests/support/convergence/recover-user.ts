import { expect } from "vitest";
import { crons } from "../crons.ts";
import type { Platform } from "../platform.ts";

export interface RecoveringUser {
  clerkUserId: string;
  /** A session that Clerk has revoked. */
  revokedSession?: string | undefined;
}

/** As many as `recover` may need. */
export const maxTicks = 4;

/** Ends all retry delays and runs the frequent cron. */
export async function tick(platform: Platform): Promise<void> {
  await platform.db.batch([
    platform.db.prepare("update users set metadata_retry_at = null"),
    platform.db.prepare("update reconcile_runs set lease_until = 0 where finished_at is null"),
  ]);
  await platform.scheduled(crons.frequent);
  await platform.waitForQuiet();
}

/** Lets Svix retry and runs the cron until the user has converged, at most `maxTicks` times. */
export async function recover(
  platform: Platform,
  user: RecoveringUser,
  context: string,
): Promise<void> {
  await platform.clerk.release();
  await platform.waitForQuiet();
  for (let ticks = 0; ticks < maxTicks; ticks++) {
    const isConverged = await expectConverged(platform, user, context).then(
      () => true,
      () => false,
    );
    if (isConverged) return;
    await tick(platform);
  }
  await expectConverged(platform, user, context);
}

/** D1 and Clerk say the same of the user, and nothing is left to do. */
export async function expectConverged(
  { clerk, db, kv }: Platform,
  { clerkUserId, revokedSession }: RecoveringUser,
  context: string,
): Promise<void> {
  const { results } = await db
    .prepare(
      `select *, (select count(*) from reconcile_runs where finished_at is null) open_runs
       from users where clerk_user_id = ?`,
    )
    .bind(clerkUserId)
    .all();
  expect(results, context).toHaveLength(1);
  const [row] = results;
  expect(row?.open_runs, context).toBe(0);
  const user = await clerk.getUser(clerkUserId).catch(() => null);
  if (!user) {
    expect(row, context).toMatchObject({
      name: "Deleted user",
      email: null,
      deleted_at: expect.any(Number),
    });
    return;
  }
  expect(row, context).toMatchObject({
    name: `${user.first_name} ${user.last_name}`,
    clerk_updated_at: user.updated_at,
    metadata_pending: 0,
    refresh_pending: 0,
    cache_pending: null,
    banned_at: user.banned ? expect.any(Number) : null,
    deleted_at: null,
  });
  expect(user.public_metadata, context).toMatchObject({ dbId: row?.id, role: row?.role });
  if (revokedSession) expect(row?.ended_sessions, context).toContain(revokedSession);
  await expectCached(kv, row ?? {}, context);
}

/** KV may lack the record, but has no other bans and ended sessions than D1. */
async function expectCached(
  kv: Platform["kv"],
  row: Record<string, unknown>,
  context: string,
): Promise<void> {
  const cached = await kv.get(`user:v3:${row.clerk_user_id}`, "json");
  if (cached === null) return;
  const endedSessions = row.ended_sessions === null ? null : JSON.parse(`${row.ended_sessions}`);
  expect(cached, context).toMatchObject({ bannedAt: row.banned_at, endedSessions });
}
