import type { Instance } from "../instance.ts";
import { type Dispute, disputes } from "../state/disputes.ts";
import { newId } from "../state/identifiers.ts";
import { type Charge, charges } from "../state/payments.ts";
import { publish } from "../webhooks/publish.ts";
import { disputeJson } from "../wire/dispute-json.ts";

/** The cardholder's bank takes back what was not refunded. Call it in a transaction. */
export function openDispute(
  instance: Instance,
  charge: Charge,
  reason: Dispute["reason"],
): Dispute | null {
  const { db, clock } = instance;
  const amount = charge.amount - charge.amountRefunded;
  if (charge.status !== "succeeded" || charge.disputed || amount === 0) return null;
  charges.save(db, { ...charge, disputed: true });
  const dispute = disputes.save(db, {
    id: newId("du"),
    livemode: charge.livemode,
    created: Math.floor(clock.now() / 1000),
    chargeId: charge.id,
    paymentIntentId: charge.paymentIntentId,
    amount,
    currency: charge.currency,
    reason,
    status: "needs_response",
  });
  publishDispute(instance, ["charge.dispute.created", "charge.dispute.funds_withdrawn"], dispute);
  return dispute;
}

/** Does nothing if the dispute is closed. Call it in a transaction. */
export function closeDispute(instance: Instance, dispute: Dispute, status: "won" | "lost"): void {
  if (dispute.status !== "needs_response") return;
  const closed = disputes.save(instance.db, { ...dispute, status });
  const reinstated = status === "won" ? ["charge.dispute.funds_reinstated"] : [];
  publishDispute(instance, ["charge.dispute.closed", ...reinstated], closed);
}

function publishDispute(instance: Instance, types: string[], dispute: Dispute): void {
  const { livemode } = dispute;
  const object = disputeJson(dispute);
  for (const type of types) publish(instance, { type, object, livemode });
}
