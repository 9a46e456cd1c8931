import fc from "fast-check";
import { type Platform, startPlatform } from "../platform.ts";
import { expectWorld } from "./expect-world.ts";
import { expectPaymentsConverged } from "./oracle.ts";
import { deletePayments, deliverAccountEvents, reconcileAll } from "./reconcile-all.ts";
import { runSchedule } from "./run-schedule.ts";
import { type Schedule, schedule } from "./schedule.ts";
import { createWorlds } from "./world.ts";

/** Schedules that run at once on a shared platform; one reconciliation serves them all. */
const concurrency = 20;

export interface PaymentTally {
  schedules: number;
  operations: number;
  faults: number;
  orders: number;
  paid: number;
  flagged: number;
}

/**
 * Runs random schedules of orders, payments and failures on the built worker, and compares the
 * final state with the oracle. Half of the batches lose every webhook that they do not deliver
 * themselves.
 * @throws with the seed and the failing schedules if one does not converge.
 */
export async function checkPaymentSchedules(
  schedules: number,
  seed: number,
  progress?: (tally: PaymentTally) => void,
): Promise<PaymentTally> {
  const platform = await startPlatform(
    {},
    { withStripe: true, withFaults: true, isDirect: true, withFiles: false },
  );
  await platform.stripe.updateSettings({
    bankDebits: { settleAfterMs: null },
    webhooks: { enabledEvents: ["checkout.session.*"] },
  });
  const tally = { schedules: 0, operations: 0, faults: 0, orders: 0, paid: 0, flagged: 0 };
  const batches = fc.array(schedule, { minLength: concurrency, maxLength: concurrency });
  const property = fc.asyncProperty(batches, fc.boolean(), async (batch, losesWebhooks) => {
    await runConcurrently(platform, batch, losesWebhooks, tally);
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

async function runConcurrently(
  platform: Platform,
  batch: readonly Schedule[],
  losesWebhooks: boolean,
  tally: PaymentTally,
): Promise<void> {
  const { clerk, stripe } = platform;
  await clerk.hold();
  await stripe.hold();
  await deleteEverything(platform);
  const worlds = await createWorlds(platform, batch.length);
  const runs = await Promise.all(
    worlds.map(async (world, index) => {
      const schedule = batch[index] ?? [];
      const explain = explainFailure(schedule);
      const watch = await runSchedule(platform, world, schedule).catch(explain);
      return { world, watch, explain };
    }),
  );
  tally.faults = (await platform.readFaultReport()).totalInjected;
  await deliverAccountEvents(platform);
  for (const { watch, explain } of runs) await watch().catch(explain);
  if (losesWebhooks) await stripe.loseHeld();
  await reconcileAll(platform);
  const state = await expectPaymentsConverged(platform);
  for (const { world, watch, explain } of runs) {
    await watch().catch(explain);
    await expectWorld(platform, world, state).catch(explain);
  }
  tally.schedules += batch.length;
  tally.operations += batch.flat(2).length;
  tally.orders += state.orders.length;
  tally.paid += state.orders.filter(({ status }) => status === "paid").length;
  tally.flagged += state.orders.filter(({ flag }) => flag !== null).length;
}

const explainFailure = (schedule: Schedule) => (cause: unknown) => {
  throw new Error(`The schedule ${JSON.stringify(schedule)}`, { cause });
};

async function deleteEverything(platform: Platform): Promise<void> {
  await platform.clerk.reset();
  await platform.stripe.reset();
  await deletePayments(platform);
  for (const table of ["lessons", "sections", "courses", "webhook_deliveries", "users"])
    await platform.db.exec(`delete from ${table}`);
}
