import Stripe from "stripe";
import * as z from "zod";
import { localStripeKeys } from "../../stripe/environment.ts";
import type { Platform } from "../platform.ts";
import { postWebhook } from "../webhooks.ts";
import type { Buyer } from "./world.ts";

interface Delivery {
  /** Selects one of the messages. */
  message: number;
  copies: number;
}

const postCopies = ({ copies }: Delivery, post: () => Promise<Response>) =>
  Promise.all(Array.from({ length: copies }, post));

/** Delivers one of Stripe's events about a session, whatever Stripe has delivered of it. */
export async function deliverPaymentEvent(
  { stripe, origin }: Platform,
  sessionId: string,
  delivery: Delivery,
): Promise<void> {
  const messages = await stripe.listWebhookMessages({ subjectId: sessionId });
  const body = messages[delivery.message % Math.max(messages.length, 1)]?.payload;
  if (body === undefined) return;
  const secret = localStripeKeys.webhookSecret;
  const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret });
  const headers = { "content-type": "application/json", "stripe-signature": signature };
  await postCopies(delivery, () =>
    fetch(`${origin}/api/webhooks/stripe`, { method: "POST", headers, body }),
  );
}

/** Delivers one of Clerk's events about a buyer. */
export async function deliverAccountEvent(
  { clerk, origin }: Platform,
  { clerkUserId }: Buyer,
  delivery: Delivery,
): Promise<void> {
  const messages = await clerk.listWebhookMessages({ subjectId: clerkUserId });
  const message = messages[delivery.message % Math.max(messages.length, 1)];
  if (message === undefined) return;
  const { id: svixId, payload: body } = message;
  await postCopies(delivery, () => postWebhook({ origin, body, svixId }));
}

const eventSchema = z.object({
  data: z.object({ object: z.object({ payment_intent: z.string().nullable() }) }),
});

/** The payment of a completed session, or null. Not from Stripe's API, which may have faults. */
export async function paymentIntentOf({ stripe }: Platform, sessionId: string) {
  const [message] = await stripe.listWebhookMessages({ subjectId: sessionId });
  if (message === undefined) return null;
  return eventSchema.parse(JSON.parse(message.payload)).data.object.payment_intent;
}
