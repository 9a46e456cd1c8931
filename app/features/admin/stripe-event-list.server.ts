import { eq, sql } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import { keysetPage, toPage } from "~/db/keyset-pagination.server";
import { payments, purchases, stripeEvents } from "~/db/schema.server";
import { stripeEventKey } from "~/db/sort-keys";
import { recordedStripeOutcomes, type StripeEventQuery } from "./stripe-event-query";

const key = sql<string>`(1000000000000000 + ${stripeEvents.lastReceivedAt}) || ${stripeEvents.id}`;

/** Lists one page of Stripe's events, newest first, with the purchases that they are about. */
export async function listStripeEvents(db: Database, query: StripeEventQuery) {
  const page = keysetPage({
    table: stripeEvents,
    match: sql`outcome = arm.value ->> '$.outcome'`,
    ranges: recordedStripeOutcomes
      .filter((outcome) => query.outcome === null || query.outcome === outcome)
      .map((outcome) => ({ outcome, prefix: "" })),
    key: stripeEventKey,
    order: "desc",
    cursor: query,
  });
  const rows = await runQuery(
    db
      .select({
        id: stripeEvents.id,
        type: stripeEvents.type,
        outcome: stripeEvents.outcome,
        attempts: stripeEvents.attempts,
        lastReceivedAt: stripeEvents.lastReceivedAt,
        error: stripeEvents.error,
        purchaseId: payments.purchaseId,
        reference: purchases.providerReference,
        key: key.as("key"),
      })
      .from(stripeEvents)
      .leftJoin(payments, eq(payments.sessionId, stripeEvents.sessionId))
      .leftJoin(purchases, eq(purchases.id, payments.purchaseId))
      .where(sql`${stripeEvents}.${page.where}`)
      .orderBy(query.before === null ? sql`key desc` : sql`key asc`)
      .limit(page.limit),
  );
  return toPage(rows, query);
}
