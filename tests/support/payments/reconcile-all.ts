import assert from "node:assert/strict";
import { crons } from "../crons.ts";
import type { Platform } from "../platform.ts";
import { forgetChecks } from "../stripe-orders.ts";

const maxTicks = 20;

/** Lets Clerk deliver what it still has, without faults. */
export async function deliverAccountEvents(platform: Platform): Promise<void> {
  await platform.armFault(null);
  await platform.clerk.release();
  await platform.waitForQuiet();
}

/** Lets Stripe deliver what it still has, and reconciles. No fault may be armed. */
export async function reconcileAll(platform: Platform): Promise<void> {
  const { stripe } = platform;
  await stripe.stopChaos();
  await stripe.release();
  await platform.waitForStripe();
  await forgetChecks(platform);
  for (let tick = 0; (await countUnchecked(platform)) > 0; tick++) {
    assert.ok(tick < maxTicks, "the reconciliation does not end");
    await platform.scheduled(crons.frequent);
  }
}

/** Each tick asks Stripe about some orders and events. */
async function countUnchecked({ db }: Platform): Promise<number> {
  const count = await db
    .prepare(
      `select (select count(*) from payments where checked_at = 0
           and (state in ('open', 'processing') or (state = 'paid' and method is null)))
         + (select count(*) from stripe_events where outcome = 'unmatched' and session_id is not null) as n`,
    )
    .first<number>("n");
  return count ?? 0;
}

/** Forgets all orders, payments and events. */
export async function deletePayments({ db }: Platform): Promise<void> {
  await db.batch(paymentTables.map((table) => db.prepare(`delete from ${table}`)));
}

/** Rows refer to those of later tables. */
export const paymentTables = [
  ...["payment_runs", "payment_changes", "refunds", "disputes", "received_payments", "payments"],
  ...["stripe_events", "enrollments", "purchases", "course_changes"],
];
