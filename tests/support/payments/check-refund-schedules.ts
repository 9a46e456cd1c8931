import fc from "fast-check";
import { type ConsoleUser, consoleUser } from "../admin-console.ts";
import { insertCourse } from "../courses.ts";
import { type Platform, startPlatform } from "../platform.ts";
import { expectMoneyConverged, settleMoney } from "./money-oracle.ts";
import { logMoney } from "./read-money.ts";
import { deletePayments } from "./reconcile-all.ts";
import { type Schedule, schedule } from "./refund-schedule.ts";
import { runRefundSchedule, type Slot } from "./run-refund-schedule.ts";

/** Schedules that run at once on a shared platform; one reconciliation serves them all. */
const concurrency = 20;

export interface RefundTally {
  schedules: number;
  operations: number;
  faults: number;
  refunds: number;
  failedRefunds: number;
  disputes: number;
  ended: number;
}

/**
 * Runs random schedules of refunds, disputes and failures on the built worker, and compares the
 * final state with Stripe's. Half of the batches lose every webhook that they do not deliver.
 * @throws with the seed and the failing schedules if one does not converge.
 */
export async function checkRefundSchedules(
  schedules: number,
  seed: number,
  progress?: (tally: RefundTally) => void,
): Promise<RefundTally> {
  const platform = await startPlatform(
    {},
    { withStripe: true, withFaults: true, isDirect: true, withFiles: false },
  );
  await platform.stripe.updateSettings({
    refunds: { settleAfterMs: null },
    webhooks: { enabledEvents: ["checkout.session.*", "charge.*", "refund.*"] },
  });
  await logMoney(platform);
  const admin = await consoleUser(platform, "admin");
  const slots = await createSlots(platform);
  const tally = {
    ...{ schedules: 0, operations: 0, faults: 0 },
    ...{ refunds: 0, failedRefunds: 0, disputes: 0, ended: 0 },
  };
  const batches = fc.array(schedule, { minLength: concurrency, maxLength: concurrency });
  const property = fc.asyncProperty(batches, fc.boolean(), async (batch, losesWebhooks) => {
    await runBatch({ platform, admin, slots }, batch, losesWebhooks);
    await count(platform, batch, tally);
    progress?.(tally);
  });
  try {
    const numRuns = Math.ceil(schedules / concurrency);
    await fc.assert(property, { numRuns, seed, endOnFailure: true });
  } finally {
    await platform.close();
  }
  return tally;
}

interface Setting {
  platform: Platform;
  admin: ConsoleUser;
  slots: readonly Slot[];
}

async function runBatch(
  { platform, admin, slots }: Setting,
  batch: readonly Schedule[],
  losesWebhooks: boolean,
): Promise<void> {
  const { stripe } = platform;
  await stripe.hold();
  await stripe.reset();
  await deletePayments(platform);
  await Promise.all(
    slots.map(async (slot, index) => {
      const one = batch[index];
      if (one) await runRefundSchedule(platform, admin, slot, one);
    }),
  );
  await platform.armFault(null);
  if (losesWebhooks) await stripe.loseHeld();
  await settleMoney(platform);
  await expectMoneyConverged(platform);
}

async function createSlots(platform: Platform): Promise<Slot[]> {
  const course = await insertCourse(platform, { priceMinor: 2_900 });
  const ids = Array.from({ length: concurrency }, () => crypto.randomUUID());
  await platform.db
    .prepare(
      `insert into users (id, clerk_user_id, email, name, role, clerk_updated_at, metadata_pending, created_at, updated_at)
       select value, 'user_' || value, null, 'Ada Lovelace', 'user', 1, 0, 1, 1 from json_each(?)`,
    )
    .bind(JSON.stringify(ids))
    .run();
  return ids.map((buyerId) => ({ buyerId, courseId: course.id }));
}

async function count(
  { db, ...platform }: Platform,
  batch: readonly Schedule[],
  tally: RefundTally,
): Promise<void> {
  tally.schedules += batch.length;
  tally.operations += batch.flatMap(({ rounds }) => rounds.flat()).length;
  tally.faults = (await platform.readFaultReport()).totalInjected;
  const counts = await db
    .prepare(
      `select (select count(*) from refunds where stripe_refund_id is not null) refunds,
         (select count(*) from refunds where status in ('failed', 'canceled')) failedRefunds,
         (select count(*) from disputes) disputes,
         (select count(*) from purchases where status = 'refunded') ended`,
    )
    .first<Pick<RefundTally, "refunds" | "failedRefunds" | "disputes" | "ended">>();
  tally.refunds += counts?.refunds ?? 0;
  tally.failedRefunds += counts?.failedRefunds ?? 0;
  tally.disputes += counts?.disputes ?? 0;
  tally.ended += counts?.ended ?? 0;
}
