import { and, eq, isNull, sql } from "drizzle-orm";
import type { AppContext } from "~/context.server";
import { runQuery } from "~/db/client.server";
import { payments, purchases, users } from "~/db/schema.server";
import { ServiceUnavailableError, StripeUnavailableError } from "~/errors";
import type { CheckoutSession } from "~/stripe/checkout-session.server";
import type { StripeApi } from "~/stripe/stripe-api.server";
import { storePaymentWords } from "./purchase-words.server";
import { reportSession } from "./report-session.server";

/** Longer than Stripe's minimum of 30 minutes, so that clocks may differ. */
const sessionLifetimeMs = 60 * 60 * 1000;
/** An attempt cannot be repeated later: the expiry would be too soon for Stripe. */
const attemptLifetimeMs = 25 * 60 * 1000;

export const newPayment = (stripe: StripeApi, now: number) => ({
  livemode: stripe.livemode,
  expiresAt: now + sessionLifetimeMs,
  checkedAt: now,
});

export type Checkout =
  | { kind: "pay"; url: string }
  /** Complete, expired or canceled. `isWaiting`: for the bank, or for an admin. */
  | { kind: "ended"; isWaiting: boolean };

/** Opens or resumes the payment page. Idempotent. @throws {ServiceUnavailableError} */
export async function openCheckout(
  context: AppContext,
  stripe: StripeApi,
  purchaseId: string,
  now: number,
): Promise<Checkout> {
  const payment = await findPayment(context, purchaseId);
  if (payment === null || payment.state !== "open") {
    return { kind: "ended", isWaiting: payment?.state === "processing" };
  }
  const session = payment.sessionId
    ? await stripe.findSession(payment.sessionId)
    : await createSession(context, stripe, await startAttempt(context, payment, now));
  if (session === null) throw new ServiceUnavailableError("Stripe does not know the session");
  if (session.status === "open" && session.url !== null) return { kind: "pay", url: session.url };
  const reported = await reportSession(context.db, session, now);
  const { state, flag } = reported?.purchase ?? {};
  return { kind: "ended", isWaiting: state === "processing" || flag === "amount-mismatch" };
}

type Payment = NonNullable<Awaited<ReturnType<typeof findPayment>>>;

async function findPayment({ db }: AppContext, purchaseId: string) {
  const found = await runQuery(
    db
      .select({
        id: purchases.id,
        priceMinor: purchases.priceMinor,
        currency: purchases.currency,
        snapshot: purchases.snapshot,
        email: users.email,
        state: payments.state,
        attempt: payments.attempt,
        expiresAt: payments.expiresAt,
        sessionId: payments.sessionId,
      })
      .from(purchases)
      .innerJoin(payments, eq(payments.purchaseId, purchases.id))
      .innerJoin(users, eq(users.id, purchases.userId))
      .where(eq(purchases.id, purchaseId))
      .get(),
  );
  return found ?? null;
}

/** The attempt to repeat: a new one, stored first, if the last one is too old. */
async function startAttempt(context: AppContext, payment: Payment, now: number): Promise<Payment> {
  const startedAt = payment.expiresAt - sessionLifetimeMs;
  if (now < startedAt + attemptLifetimeMs) return payment;
  await nextAttempt(context, payment, now);
  return (await findPayment(context, payment.id)) ?? payment;
}

/** Does nothing if another request has already started it. */
async function nextAttempt({ db }: AppContext, { id, attempt }: Payment, now: number) {
  await runQuery(
    db
      .update(payments)
      .set({ attempt: attempt + 1, expiresAt: now + sessionLifetimeMs })
      .where(
        and(eq(payments.purchaseId, id), eq(payments.attempt, attempt), isNull(payments.sessionId)),
      ),
  );
}

async function createSession(
  context: AppContext,
  stripe: StripeApi,
  payment: Payment,
): Promise<CheckoutSession> {
  const { id, attempt, priceMinor, currency, snapshot, email, expiresAt } = payment;
  const returnUrl = `${context.environment.SERVER_URL}/purchases/${id}/return`;
  try {
    const created = await stripe.createSession({
      orderId: id,
      attempt,
      title: snapshot.title,
      priceMinor,
      currency,
      email,
      expiresAt,
      returnUrl,
    });
    return await storeSession(context, stripe, id, created);
  } catch (error) {
    if (error instanceof StripeUnavailableError && error.needsNewKey) {
      await nextAttempt(context, payment, Date.now());
    }
    throw error;
  }
}

/** A replayed response may be old, so asks again. An order canceled meanwhile ends its session. */
async function storeSession(
  { db }: AppContext,
  stripe: StripeApi,
  purchaseId: string,
  { id }: CheckoutSession,
): Promise<CheckoutSession> {
  const store = db
    .update(payments)
    .set({ sessionId: id })
    .where(
      sql`${payments.purchaseId} = ${purchaseId} and ${payments.state} = 'open'
        and (${payments.sessionId} is null or ${payments.sessionId} = ${id})`,
    )
    .returning({ id: payments.purchaseId });
  const words = storePaymentWords(db, purchaseId, { id, paymentIntentId: null });
  const [[stored]] = await runQuery(db.batch([store, words]));
  if (!stored) await stripe.expireSession(id);
  const session = await stripe.findSession(id);
  if (session === null) throw new ServiceUnavailableError("Stripe does not know the session");
  return session;
}
