import assert from "node:assert/strict";
import { v7 as uuidv7 } from "uuid";
import * as z from "zod";
import { crons } from "../crons.ts";
import type { Platform } from "../platform.ts";

type Mode = "repair" | "dry-run";

const runSchema = z.object({
  mode: z.string(),
  phase: z.string(),
  checked: z.number(),
  paid_there: z.number(),
  paid_here: z.number(),
  refunded_there: z.number(),
  disputed_there: z.number(),
  undelivered: z.number(),
  drift: z.string(),
  finished_at: z.number().nullable(),
  error: z.string().nullable(),
});

export const noDrift = {
  paid_there: 0,
  paid_here: 0,
  refunded_there: 0,
  disputed_there: 0,
  undelivered: 0,
};

export async function latestComparison({ db }: Platform) {
  return runSchema.parse(
    await db.prepare("select * from payment_runs order by rowid desc limit 1").first(),
  );
}

/** Starts a comparison with Stripe, as `npm run reconcile -- --payments` does, and lets it end. */
export async function compareWithStripe(platform: Platform, mode: Mode) {
  await startComparison(platform, mode);
  return finishComparison(platform);
}

export async function startComparison({ db }: Platform, mode: Mode): Promise<void> {
  await db
    .prepare("insert into payment_runs (id, mode, started_at, updated_at) values (?, ?, ?, ?)")
    .bind(uuidv7(), mode, Date.now(), Date.now())
    .run();
}

/** Returns how often each kind of drift was found. */
export async function finishComparison(platform: Platform) {
  let run = await latestComparison(platform);
  for (let tick = 0; run.finished_at === null; tick++) {
    assert.ok(tick < 20, JSON.stringify(run));
    await platform.db.prepare("update payment_runs set lease_until = 0").run();
    await platform.scheduled(crons.frequent);
    run = await latestComparison(platform);
  }
  const { paid_there, paid_here, refunded_there, disputed_there, undelivered } = run;
  return { paid_there, paid_here, refunded_there, disputed_there, undelivered };
}

/** What happens at Stripe meanwhile is never announced, and not listed as undelivered either. */
export async function withoutEvents<Result>(
  { stripe }: Platform,
  run: () => Promise<Result>,
): Promise<Result> {
  await stripe.updateSettings({ webhooks: { enabledEvents: ["nothing.at_all"] } });
  const result = await run();
  await stripe.updateSettings({ webhooks: { enabledEvents: ["*"] } });
  return result;
}
