import { z } from "zod";
import { payMethodNames } from "../payments/payment-methods.ts";
import { disputeReasons } from "../state/disputes.ts";
import { refundReasons } from "../state/refunds.ts";

/** Request and response schemas of the control API, shared by server and client. */

export const paySchema = z.strictObject({
  method: z.enum(payMethodNames).default("card"),
  email: z.email().default("payer@example.com"),
});
export type PayInput = z.input<typeof paySchema>;

export const payResponseSchema = z.object({
  /** `closed`: the session is no longer open. */
  outcome: z.enum(["complete", "declined", "confirm", "closed"]),
  /** Where the browser goes next. */
  url: z.string(),
});

export const confirmSchema = z.strictObject({ confirmed: z.boolean().default(true) });

export const settleSchema = z.strictObject({
  outcome: z.enum(["succeeded", "failed"]).default("succeeded"),
});

/** A refund from Stripe's dashboard; of what is left by default. */
export const refundSchema = z.strictObject({
  amount: z.coerce.number().int().min(1).optional(),
  reason: z.enum(refundReasons).nullable().default(null),
});
export type RefundInput = z.input<typeof refundSchema>;

export const settleRefundSchema = z.strictObject({
  outcome: z.enum(["succeeded", "failed", "canceled"]).default("succeeded"),
});

export const disputeSchema = z.strictObject({
  reason: z.enum(disputeReasons).default("fraudulent"),
});

export const closeDisputeSchema = z.strictObject({ outcome: z.enum(["won", "lost"]) });

export const eventInputSchema = z.strictObject({
  type: z.string().min(1),
  livemode: z.boolean().default(false),
  object: z.record(z.string(), z.json()),
});
export type EventInput = z.input<typeof eventInputSchema>;

export const idSchema = z.object({ id: z.string() });
