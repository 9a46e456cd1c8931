import type { Instance } from "../instance.ts";
import { newId } from "../state/identifiers.ts";
import {
  type Charge,
  charges,
  type Failure,
  type PaymentIntent,
  paymentIntents,
} from "../state/payments.ts";
import type { Session } from "../state/sessions.ts";
import { publishCharge, publishIntent } from "./publish-payment.ts";

/** Creates the charge of an attempt; returns the payment with it. */
export function startCharge(
  instance: Instance,
  session: Session,
  intent: PaymentIntent,
  status: Charge["status"],
): PaymentIntent {
  const { db, clock } = instance;
  if (intent.paymentMethod === null || intent.paymentMethodId === null) {
    throw new Error("A charge needs a payment method");
  }
  const charge = charges.save(db, {
    id: newId(intent.paymentMethod.type === "card" ? "ch" : "py"),
    livemode: intent.livemode,
    created: Math.floor(clock.now() / 1000),
    paymentIntentId: intent.id,
    amount: intent.amount,
    currency: intent.currency,
    description: intent.description,
    receiptEmail: intent.receiptEmail,
    payerEmail: session.payerEmail,
    metadata: intent.metadata,
    status,
    paymentMethod: intent.paymentMethod,
    paymentMethodId: intent.paymentMethodId,
    failure: null,
    amountRefunded: 0,
    disputed: false,
  });
  if (status === "pending") publishCharge(instance, "charge.pending", charge);
  return paymentIntents.save(db, { ...intent, latestChargeId: charge.id });
}

/** The money has arrived. */
export function succeed(instance: Instance, intent: PaymentIntent): void {
  const { db } = instance;
  const charge = latestCharge(instance, intent.id);
  const paid = paymentIntents.save(db, { ...intent, status: "succeeded", settlement: null });
  if (charge !== undefined) {
    const succeeded = charges.save(db, { ...charge, status: "succeeded" });
    publishCharge(instance, "charge.succeeded", succeeded);
  }
  publishIntent(instance, "payment_intent.succeeded", paid);
}

/** The attempt has failed; the payment waits for another method. */
export function failPayment(instance: Instance, intent: PaymentIntent, failure: Failure): void {
  const { db } = instance;
  const charge = latestCharge(instance, intent.id);
  const failed = paymentIntents.save(db, {
    ...intent,
    status: "requires_payment_method",
    paymentMethod: null,
    paymentMethodId: null,
    lastError: failure,
    settlement: null,
  });
  if (charge !== undefined && charge.status !== "succeeded") {
    const failedCharge = charges.save(db, { ...charge, status: "failed", failure });
    publishCharge(instance, "charge.failed", failedCharge);
  }
  publishIntent(instance, "payment_intent.payment_failed", failed);
}

/** The charge of the latest attempt to pay. */
export function latestCharge({ db }: Instance, paymentIntentId: string): Charge | undefined {
  const chargeId = paymentIntents.find(db, paymentIntentId)?.latestChargeId ?? null;
  return chargeId === null ? undefined : charges.find(db, chargeId);
}
