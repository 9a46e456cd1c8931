import type { Instance } from "../instance.ts";
import { paymentIntents } from "../state/payments.ts";
import { type Session, sessions } from "../state/sessions.ts";
import { type Cause, noRequest, publish } from "../webhooks/publish.ts";
import { paymentIntentJson } from "../wire/payment-json.ts";
import { sessionJson } from "../wire/session-json.ts";

/** Expires an open session and cancels its payment. Call it in a transaction. */
export function expireSession(
  instance: Instance,
  session: Session,
  cause: Cause = noRequest,
): Session {
  const { db, clock } = instance;
  const { livemode } = session;
  const expired = sessions.save(db, { ...session, status: "expired" });
  const intent =
    session.paymentIntentId === null ? undefined : paymentIntents.find(db, session.paymentIntentId);
  if (intent !== undefined) {
    const canceledAt = Math.floor(clock.now() / 1000);
    const canceled = paymentIntents.save(db, { ...intent, status: "canceled", canceledAt });
    const object = paymentIntentJson(canceled);
    publish(instance, { type: "payment_intent.canceled", object, livemode, cause });
  }
  const object = sessionJson(instance, expired);
  publish(instance, { type: "checkout.session.expired", object, livemode, cause });
  return expired;
}
