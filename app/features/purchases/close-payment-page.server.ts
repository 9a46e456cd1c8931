import { and, eq } from "drizzle-orm";
import type { AppContext } from "~/context.server";
import { runQuery } from "~/db/client.server";
import { payments, purchases } from "~/db/schema.server";
import { ServiceUnavailableError } from "~/errors";
import { reportSession } from "./report-session.server";

type Context = Pick<AppContext, "db" | "stripe">;

/** The payment of a pending order; undefined if there is none. `userId`: only of this buyer. */
export function findPendingPayment(
  { db }: Context,
  { purchaseId, userId }: { purchaseId: string; userId?: string | undefined },
) {
  return runQuery(
    db
      .select({ sessionId: payments.sessionId, state: payments.state })
      .from(payments)
      .innerJoin(purchases, eq(purchases.id, payments.purchaseId))
      .where(
        and(
          eq(purchases.id, purchaseId),
          eq(purchases.status, "pending"),
          userId === undefined ? undefined : eq(purchases.userId, userId),
        ),
      )
      .get(),
  );
}

/** Nobody can pay on the page any more. True if it has just been completed; the payment counts. */
export async function closePaymentPage(
  { db, stripe }: Context,
  sessionId: string,
  now: number,
): Promise<boolean> {
  if (stripe === null) throw new ServiceUnavailableError("Stripe is not configured");
  const isExpired = await stripe.expireSession(sessionId);
  const session = isExpired ? null : await stripe.findSession(sessionId);
  if (session?.status !== "complete") return false;
  await reportSession(db, session, now);
  return true;
}

/** Before an admin marks an order as paid, so that it is not paid again. */
export async function closePageOfOrder(context: Context, purchaseId: string, now: number) {
  const payment = await findPendingPayment(context, { purchaseId });
  if (context.stripe === null || payment?.state !== "open" || payment.sessionId === null) return;
  await closePaymentPage(context, payment.sessionId, now);
}
