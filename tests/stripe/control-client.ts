import type { FaultInput } from "../local-service/chaos/fault.ts";
import { doneSchema } from "../local-service/control/protocol.ts";
import { createCall, type Send, sharedControlCalls } from "../local-service/control-client.ts";
import { schemas } from "./chaos/schemas.ts";
import {
  type EventInput,
  idSchema,
  type PayInput,
  payResponseSchema,
  type RefundInput,
} from "./control/protocol.ts";
import { type SettingsPatch, settingsSchema } from "./state/settings.ts";

/**
 * A typed client for the control API of the local Stripe at `origin`. Every call throws an `Error`
 * with the response text if the response is not 2xx.
 */
export function createStripeControlClient(origin: string, send?: Send) {
  const call = createCall(origin, send);
  return {
    ...sharedControlCalls(call, { settings: settingsSchema, chaos: schemas.settings }),
    /** Pays on the hosted page; `url` of the response is where the browser goes next. */
    pay: (sessionId: string, payment: PayInput = {}) =>
      call("POST", `/sessions/${sessionId}/pay`, payResponseSchema, payment),
    /** Confirms a payment that needs it, or refuses to. */
    confirm: (sessionId: string, confirmed = true) =>
      call("POST", `/sessions/${sessionId}/confirm`, payResponseSchema, { confirmed }),
    expire: (sessionId: string) => call("POST", `/sessions/${sessionId}/expire`, doneSchema),
    /** Settles a bank debit now. */
    settle: (paymentIntentId: string, outcome: "succeeded" | "failed" = "succeeded") =>
      call("POST", `/payments/${paymentIntentId}/settle`, doneSchema, { outcome }),
    /** Refunds a payment in the dashboard. */
    refund: (paymentIntentId: string, refund: RefundInput = {}) =>
      call("POST", `/payments/${paymentIntentId}/refund`, idSchema, refund),
    /** The bank's answer to a refund; one that succeeded can still fail. */
    settleRefund: (refundId: string, outcome: "succeeded" | "failed" | "canceled") =>
      call("POST", `/refunds/${refundId}/settle`, doneSchema, { outcome }),
    /** The cardholder disputes a payment. */
    dispute: (paymentIntentId: string) =>
      call("POST", `/payments/${paymentIntentId}/dispute`, idSchema, {}),
    closeDispute: (disputeId: string, outcome: "won" | "lost") =>
      call("POST", `/disputes/${disputeId}/close`, doneSchema, { outcome }),
    /** Sends any event, correctly signed. */
    publishEvent: (event: EventInput) => call("POST", "/events", idSchema, event),
    /** Adds a fault of the API; by default it affects the next request. */
    failApi: (fault: FaultInput) => call("POST", "/chaos/faults", schemas.settings, fault),
    /** Gives up on every webhook that is still pending, as if it were lost. */
    loseHeld: () => call("POST", "/webhooks/lose-pending", doneSchema),
    getSettings: () => call("GET", "/settings", settingsSchema),
    updateSettings: (patch: SettingsPatch) => call("PATCH", "/settings", settingsSchema, patch),
    /** Deletes sessions, payments and events; keeps settings. */
    reset: () => call("POST", "/reset", doneSchema),
    /** Remembers sessions, payments and events. */
    save: () => call("POST", "/save", doneSchema),
    /** Returns to the saved state. */
    restore: () => call("POST", "/restore", doneSchema),
  };
}
