import type { Instance } from "../instance.ts";
import { type PaymentIntent, paymentIntents } from "../state/payments.ts";
import { sessions } from "../state/sessions.ts";
import { failPayment, succeed } from "./charge.ts";
import { debitFailed } from "./payment-methods.ts";
import { publishSession } from "./publish-payment.ts";

export type Settlement = "succeeded" | "failed";

/** Settles a bank debit that is processing; does nothing otherwise. Call it in a transaction. */
export function settle(instance: Instance, intent: PaymentIntent, outcome: Settlement): void {
  const { db } = instance;
  const session = sessions.find(db, intent.sessionId);
  if (intent.status !== "processing" || session === undefined) return;
  if (outcome === "failed") {
    failPayment(instance, intent, debitFailed);
    publishSession(instance, "checkout.session.async_payment_failed", session);
    return;
  }
  succeed(instance, intent);
  const paid = sessions.save(db, { ...session, paymentStatus: "paid" });
  publishSession(instance, "checkout.session.async_payment_succeeded", paid);
}

/** Settles every bank debit that is due. */
export function settleDue(instance: Instance): void {
  const due = paymentIntents.select(
    instance.db,
    "WHERE due_at <= ? ORDER BY due_at",
    instance.clock.now(),
  );
  for (const intent of due) settle(instance, intent, intent.settlement?.outcome ?? "failed");
}
