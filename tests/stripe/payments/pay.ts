import type { Instance } from "../instance.ts";
import { newId } from "../state/identifiers.ts";
import { type PaymentIntent, paymentIntents } from "../state/payments.ts";
import { type Session, sessions, totalsOf } from "../state/sessions.ts";
import { failPayment, latestCharge, startCharge, succeed } from "./charge.ts";
import { openDispute } from "./dispute.ts";
import {
  cardDeclined,
  isBankDebit,
  notConfirmed,
  type PayMethod,
  toPaymentMethod,
} from "./payment-methods.ts";
import { publishIntent, publishSession } from "./publish-payment.ts";

export type PayOutcome = "complete" | "declined" | "confirm";

/** Pays an open session on the hosted page. Call it in a transaction. */
export function pay(
  instance: Instance,
  opened: Session,
  { method, email }: { method: PayMethod; email: string },
): PayOutcome {
  const { db } = instance;
  const session = sessions.save(db, { ...opened, payerEmail: email });
  const intent = paymentIntents.save(db, {
    ...startIntent(instance, session),
    paymentMethod: toPaymentMethod(method, session.currency),
    paymentMethodId: newId("pm"),
    lastError: null,
  });
  if (method === "card_declined") {
    failPayment(instance, startCharge(instance, session, intent, "failed"), cardDeclined);
    return "declined";
  }
  if (method === "card_confirmed") {
    const waiting = paymentIntents.save(db, { ...intent, status: "requires_action" });
    publishIntent(instance, "payment_intent.requires_action", waiting);
    return "confirm";
  }
  if (isBankDebit(method)) startDebit(instance, session, intent, method === "bank_debit");
  else payAtOnce(instance, session, intent);
  if (method === "card_disputed") disputeLatest(instance, intent.id);
  return "complete";
}

/** Completes or fails a payment that needs confirmation. Call it in a transaction. */
export function confirm(instance: Instance, session: Session, confirmed: boolean): PayOutcome {
  const intent =
    session.paymentIntentId === null
      ? undefined
      : paymentIntents.find(instance.db, session.paymentIntentId);
  if (intent?.status !== "requires_action") return "declined";
  if (confirmed) {
    payAtOnce(instance, session, intent);
    return "complete";
  }
  failPayment(instance, intent, notConfirmed);
  return "declined";
}

function payAtOnce(instance: Instance, session: Session, intent: PaymentIntent): void {
  succeed(instance, startCharge(instance, session, intent, "succeeded"));
  completeSession(instance, session.id, "paid");
}

function disputeLatest(instance: Instance, paymentIntentId: string): void {
  const charge = latestCharge(instance, paymentIntentId);
  if (charge !== undefined) openDispute(instance, charge, "fraudulent");
}

function startDebit(
  instance: Instance,
  session: Session,
  intent: PaymentIntent,
  succeeds: boolean,
): void {
  const { settleAfterMs } = instance.settings().bankDebits;
  const at = settleAfterMs === null ? null : instance.clock.now() + settleAfterMs;
  const charged = startCharge(instance, session, intent, "pending");
  const processing = paymentIntents.save(instance.db, {
    ...charged,
    status: "processing",
    settlement: { at, outcome: succeeds ? "succeeded" : "failed" },
  });
  publishIntent(instance, "payment_intent.processing", processing);
  completeSession(instance, session.id, "unpaid");
}

function completeSession(
  instance: Instance,
  id: string,
  paymentStatus: Session["paymentStatus"],
): void {
  const session = sessions.find(instance.db, id);
  if (session === undefined) return;
  const complete = sessions.save(instance.db, { ...session, status: "complete", paymentStatus });
  publishSession(instance, "checkout.session.completed", complete);
}

/** The payment of the session, created at its first attempt. */
function startIntent(instance: Instance, session: Session): PaymentIntent {
  const { db, clock } = instance;
  const known =
    session.paymentIntentId === null ? undefined : paymentIntents.find(db, session.paymentIntentId);
  if (known !== undefined) return known;
  const intent = paymentIntents.save(db, {
    id: newId("pi"),
    livemode: session.livemode,
    created: Math.floor(clock.now() / 1000),
    sessionId: session.id,
    amount: totalsOf(session).total,
    currency: session.currency,
    description: session.paymentIntentData.description,
    receiptEmail: session.paymentIntentData.receiptEmail,
    metadata: session.paymentIntentData.metadata,
    paymentMethodTypes: session.paymentMethodTypes,
    status: "requires_payment_method",
    paymentMethod: null,
    paymentMethodId: null,
    latestChargeId: null,
    lastError: null,
    canceledAt: null,
    settlement: null,
  });
  sessions.save(db, { ...session, paymentIntentId: intent.id });
  publishIntent(instance, "payment_intent.created", intent);
  return intent;
}
