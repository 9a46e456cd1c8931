import * as z from "zod";
import { checkoutSessionSchema } from "./checkout-session.server";
import { disputeSchema } from "./dispute.server";
import { refundedChargeSchema, refundSchema } from "./refund.server";

const envelopeSchema = z.object({
  id: z.string().min(1).max(255),
  type: z.string().max(100),
  livemode: z.boolean(),
  data: z.object({ object: z.unknown() }),
});

/** How to read what an event contains. */
const readers = {
  session: (object: unknown) =>
    checkoutSessionSchema
      .transform((session) => ({ kind: "session" as const, session }))
      .safeParse(object),
  failedSession: (object: unknown) =>
    checkoutSessionSchema
      .transform((session) => ({ ...session, paymentHasFailed: true }))
      .transform((session) => ({ kind: "session" as const, session }))
      .safeParse(object),
  refund: (object: unknown) =>
    refundSchema.transform((refund) => ({ kind: "refund" as const, refund })).safeParse(object),
  charge: (object: unknown) =>
    refundedChargeSchema
      .transform((charge) => ({ kind: "charge" as const, charge }))
      .safeParse(object),
  dispute: (object: unknown) =>
    disputeSchema.transform((dispute) => ({ kind: "dispute" as const, dispute })).safeParse(object),
};

/** The events that change a payment. */
const handledEvents = new Map<string, keyof typeof readers>([
  ["checkout.session.completed", "session"],
  ["checkout.session.async_payment_succeeded", "session"],
  ["checkout.session.async_payment_failed", "failedSession"],
  ["checkout.session.expired", "session"],
  ["charge.refunded", "charge"],
  ["refund.created", "refund"],
  ["refund.updated", "refund"],
  ["refund.failed", "refund"],
  ["charge.dispute.created", "dispute"],
  ["charge.dispute.closed", "dispute"],
]);

export const handledEventTypes = [...handledEvents.keys()];

type PaymentChange = NonNullable<ReturnType<(typeof readers)[keyof typeof readers]>["data"]>;

export interface StripeEvent {
  id: string;
  type: string;
  change:
    | PaymentChange
    | { kind: "ignored" }
    /** The reason has names of fields, never values. */
    | { kind: "rejected"; error: string };
}

/** Never throws: a retry would not help. Null if not even the envelope can be read. */
export function parseStripeEvent(body: string, livemode: boolean): StripeEvent | null {
  return readStripeEvent(parseJson(body), livemode);
}

/** From a webhook or from the API. */
export function readStripeEvent(value: unknown, livemode: boolean): StripeEvent | null {
  const envelope = envelopeSchema.safeParse(value);
  if (!envelope.success) return null;
  const { id, type, data } = envelope.data;
  if (envelope.data.livemode !== livemode) {
    return { id, type, change: { kind: "rejected", error: "livemode: the other mode" } };
  }
  const kind = handledEvents.get(type);
  if (kind === undefined) return { id, type, change: { kind: "ignored" } };
  const change = readers[kind](data.object);
  if (change.success) return { id, type, change: change.data };
  const fields = change.error.issues.map(({ path, code }) => `${path.join(".")}: ${code}`);
  return { id, type, change: { kind: "rejected", error: fields.join("; ").slice(0, 500) } };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
