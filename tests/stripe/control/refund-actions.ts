import type { z } from "zod";
import { ControlError } from "../../local-service/control/errors.ts";
import type { Instance } from "../instance.ts";
import { latestCharge } from "../payments/charge.ts";
import { closeDispute, openDispute } from "../payments/dispute.ts";
import { createRefund, settleRefund } from "../payments/refund.ts";
import { disputes } from "../state/disputes.ts";
import { refunds } from "../state/refunds.ts";
import { StripeError } from "../wire/errors.ts";
import { requirePayment } from "./actions.ts";
import type {
  closeDisputeSchema,
  disputeSchema,
  refundSchema,
  settleRefundSchema,
} from "./protocol.ts";

/** What happens to a payment later: in the dashboard, and at the payer's bank. */

/** Returns the id of the refund. @throws {ControlError} 422 if it is not possible. */
export function refundInDashboard(
  instance: Instance,
  paymentIntentId: string,
  { amount, reason }: z.output<typeof refundSchema>,
): string {
  const { livemode } = requirePayment(instance, paymentIntentId);
  try {
    const request = { paymentIntentId, amount, reason, metadata: {} };
    return instance.db.transaction(() => createRefund(instance, request, livemode)).id;
  } catch (error) {
    if (error instanceof StripeError) throw new ControlError(422, error.message);
    throw error;
  }
}

/** @throws {ControlError} 404 */
export function settleRefundNow(
  instance: Instance,
  id: string,
  { outcome }: z.output<typeof settleRefundSchema>,
): void {
  const refund = refunds.find(instance.db, id);
  if (refund === undefined) throw new ControlError(404, `No refund has the id ${id}`);
  instance.db.transaction(() => settleRefund(instance, refund, outcome));
}

/** Returns the id of the dispute. @throws {ControlError} 422 if it is not possible. */
export function disputeNow(
  instance: Instance,
  paymentIntentId: string,
  { reason }: z.output<typeof disputeSchema>,
): string {
  const { id } = requirePayment(instance, paymentIntentId);
  const charge = latestCharge(instance, id);
  const dispute = charge && instance.db.transaction(() => openDispute(instance, charge, reason));
  if (!dispute) throw new ControlError(422, "Nothing is left to dispute");
  return dispute.id;
}

/** @throws {ControlError} 404 */
export function closeDisputeNow(
  instance: Instance,
  id: string,
  { outcome }: z.output<typeof closeDisputeSchema>,
): void {
  const dispute = disputes.find(instance.db, id);
  if (dispute === undefined) throw new ControlError(404, `No dispute has the id ${id}`);
  instance.db.transaction(() => closeDispute(instance, dispute, outcome));
}
