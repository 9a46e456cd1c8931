import { findMessage } from "../../local-service/webhooks/messages.ts";
import type { Instance } from "../instance.ts";
import type { Event } from "../state/events.ts";

/** An event in Stripe's format; `pendingWebhooks` is the number of undelivered webhooks. */
export function eventJson(event: Event, pendingWebhooks: number) {
  return {
    id: event.id,
    object: "event",
    api_version: event.apiVersion,
    created: event.created,
    data: { object: event.object },
    livemode: event.livemode,
    pending_webhooks: pendingWebhooks,
    request: { id: event.request.id, idempotency_key: event.request.idempotencyKey },
    type: event.type,
  };
}

/** The event as the API returns it now. */
export function currentEventJson({ db }: Instance, event: Event) {
  const message = findMessage(db, event.id);
  return eventJson(event, message === undefined || message.status === "delivered" ? 0 : 1);
}

/** Stripe indents its JSON, in responses and in webhooks. */
export const formatJson = (value: object): string => JSON.stringify(value, null, 2);
