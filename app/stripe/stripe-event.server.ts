import * as z from "zod";
import { type CheckoutSession, checkoutSessionSchema } from "./checkout-session.server";

const envelopeSchema = z.object({
  id: z.string().min(1).max(255),
  type: z.string().max(100),
  livemode: z.boolean(),
  data: z.object({ object: z.unknown() }),
});

/** The events that change a payment. */
const sessionEvents = [
  "checkout.session.completed",
  "checkout.session.async_payment_succeeded",
  "checkout.session.async_payment_failed",
  "checkout.session.expired",
];

export interface StripeEvent {
  id: string;
  type: string;
  change:
    | { kind: "session"; session: CheckoutSession }
    | { kind: "ignored" }
    /** The reason has names of fields, never values. */
    | { kind: "rejected"; error: string };
}

/** Never throws: a retry would not help. Null if not even the envelope can be read. */
export function parseStripeEvent(body: string, livemode: boolean): StripeEvent | null {
  const envelope = envelopeSchema.safeParse(parseJson(body));
  if (!envelope.success) return null;
  const { id, type, data } = envelope.data;
  if (!sessionEvents.includes(type)) return { id, type, change: { kind: "ignored" } };
  if (envelope.data.livemode !== livemode) {
    return { id, type, change: { kind: "rejected", error: "livemode: the other mode" } };
  }
  const session = checkoutSessionSchema.safeParse(data.object);
  if (!session.success) {
    const fields = session.error.issues.map(({ path, code }) => `${path.join(".")}: ${code}`);
    return { id, type, change: { kind: "rejected", error: fields.join("; ").slice(0, 500) } };
  }
  const hasFailed = type === "checkout.session.async_payment_failed";
  return {
    id,
    type,
    change: {
      kind: "session",
      session: hasFailed ? { ...session.data, paymentHasFailed: true } : session.data,
    },
  };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
