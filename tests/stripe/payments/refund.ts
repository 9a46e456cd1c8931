import type { Instance } from "../instance.ts";
import { disputes } from "../state/disputes.ts";
import { newId } from "../state/identifiers.ts";
import { type Charge, charges, paymentIntents } from "../state/payments.ts";
import { type Refund, refunds } from "../state/refunds.ts";
import { type Cause, noRequest, publish } from "../webhooks/publish.ts";
import { resourceMissing, StripeError } from "../wire/errors.ts";
import { chargeJson } from "../wire/payment-json.ts";
import { refundJson } from "../wire/refund-json.ts";
import { formatMoney } from "./money.ts";
import { refundCourseOf } from "./payment-methods.ts";

export type RefundRequest = {
  chargeId?: string | undefined;
  paymentIntentId?: string | undefined;
  /** What is left of the charge by default. */
  amount?: number | undefined;
  reason: Refund["reason"];
  metadata: Refund["metadata"];
};

/**
 * Refunds a charge in full or in part. Call it in a transaction.
 * @throws {StripeError} if there is no such charge, or not that much left of it.
 */
export function createRefund(
  instance: Instance,
  request: RefundRequest,
  livemode: boolean,
  cause: Cause = noRequest,
): Refund {
  const { db, clock } = instance;
  const charge = findCharge(instance, request, livemode);
  const amount = refundableAmount(instance, charge, request.amount);
  const { status, later } = refundCourseOf(charge.paymentMethod);
  const { settleAfterMs } = instance.settings().refunds;
  const at = settleAfterMs === null ? null : clock.now() + settleAfterMs;
  const refunded = charges.save(db, { ...charge, amountRefunded: charge.amountRefunded + amount });
  const refund = refunds.save(db, {
    id: newId(charge.paymentMethod.type === "card" ? "re" : "pyr"),
    livemode,
    created: Math.floor(clock.now() / 1000),
    chargeId: charge.id,
    paymentIntentId: charge.paymentIntentId,
    amount,
    currency: charge.currency,
    metadata: request.metadata,
    reason: request.reason,
    status,
    failureReason: null,
    settlement: later === null ? null : { at, outcome: later },
  });
  const object = chargeJson(refunded);
  publish(instance, { type: "charge.refunded", object, livemode, cause });
  publish(instance, { type: "refund.created", object: refundJson(refund), livemode, cause });
  return refund;
}

type RefundOutcome = "succeeded" | "failed" | "canceled";

/**
 * The bank's answer; a refund that succeeded can still fail later. Does nothing if the refund has
 * already ended. Call it in a transaction.
 */
export function settleRefund(instance: Instance, refund: Refund, outcome: RefundOutcome): void {
  const { db } = instance;
  const canChange =
    refund.status === "pending" || (refund.status === "succeeded" && outcome === "failed");
  if (!canChange) return;
  const settled = refunds.save(db, {
    ...refund,
    status: outcome,
    failureReason: outcome === "failed" ? "expired_or_canceled_card" : null,
    settlement: null,
  });
  const charge = charges.find(db, refund.chargeId);
  if (charge !== undefined && outcome !== "succeeded") {
    charges.save(db, { ...charge, amountRefunded: charge.amountRefunded - refund.amount });
  }
  const types = ["refund.updated", "charge.refund.updated"];
  if (outcome === "failed") types.push("refund.failed");
  const object = refundJson(settled);
  for (const type of types) publish(instance, { type, object, livemode: refund.livemode });
}

/** Answers every refund that is due. */
export function settleDueRefunds(instance: Instance): void {
  const { db, clock } = instance;
  const due = refunds.select(db, "WHERE due_at <= ? ORDER BY due_at", clock.now());
  for (const refund of due) settleRefund(instance, refund, refund.settlement?.outcome ?? "failed");
}

function findCharge({ db }: Instance, request: RefundRequest, livemode: boolean): Charge {
  const { chargeId, paymentIntentId } = request;
  if ((chargeId === undefined) === (paymentIntentId === undefined)) {
    throw new StripeError(
      400,
      "One of the following params should be provided for this request: payment_intent or charge.",
    );
  }
  const intent =
    paymentIntentId === undefined ? undefined : paymentIntents.find(db, paymentIntentId);
  const charge = charges.find(db, chargeId ?? intent?.latestChargeId ?? "");
  if (paymentIntentId !== undefined && intent?.livemode !== livemode) {
    throw resourceMissing("payment_intent", paymentIntentId, "payment_intent");
  }
  if (chargeId !== undefined && charge?.livemode !== livemode) {
    throw resourceMissing("charge", chargeId, "charge");
  }
  if (charge?.status === "succeeded") return charge;
  const message = `This PaymentIntent (${intent?.id}) does not have a successful charge to refund.`;
  throw new StripeError(400, message);
}

function refundableAmount({ db }: Instance, charge: Charge, requested: number | undefined): number {
  const { id, amount, amountRefunded, currency, paymentIntentId } = charge;
  const all = disputes.select(db, "WHERE payment_intent = ?", paymentIntentId);
  if (all.some(({ status }) => status !== "won")) {
    const message = `Charge ${id} has been charged back; cannot issue a refund.`;
    throw new StripeError(400, message, { code: "charge_disputed" });
  }
  const left = amount - amountRefunded;
  if (left === 0) {
    const message = `Charge ${id} has already been refunded.`;
    throw new StripeError(400, message, { code: "charge_already_refunded" });
  }
  const wanted = requested ?? left;
  if (wanted < 1) throw new StripeError(400, "Invalid positive integer", { param: "amount" });
  if (wanted <= left) return wanted;
  const [more, less] = [wanted, left].map((value) => formatMoney(value, currency));
  const message = `Refund amount (${more}) is greater than unrefunded amount on charge (${less})`;
  throw new StripeError(400, message, { param: "amount" });
}
