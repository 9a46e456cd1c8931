import type { Instance } from "../instance.ts";
import type { Charge, PaymentIntent } from "../state/payments.ts";
import type { Session } from "../state/sessions.ts";
import { publish } from "../webhooks/publish.ts";
import { chargeJson, paymentIntentJson } from "../wire/payment-json.ts";
import { sessionJson } from "../wire/session-json.ts";

export function publishSession(
  instance: Instance,
  type: `checkout.session.${string}`,
  session: Session,
): void {
  const object = sessionJson(instance, session);
  publish(instance, { type, object, livemode: session.livemode });
}

export function publishIntent(
  instance: Instance,
  type: `payment_intent.${string}`,
  intent: PaymentIntent,
): void {
  publish(instance, { type, object: paymentIntentJson(intent), livemode: intent.livemode });
}

export function publishCharge(instance: Instance, type: `charge.${string}`, charge: Charge): void {
  publish(instance, { type, object: chargeJson(charge), livemode: charge.livemode });
}
