import { z } from "zod";
import { enqueueMessage } from "../../local-service/webhooks/messages.ts";
import type { Instance } from "../instance.ts";
import { type Event, events } from "../state/events.ts";
import { newId } from "../state/identifiers.ts";
import { eventJson, formatJson } from "../wire/event-json.ts";

/** The API request that causes an event. */
export type Cause = Event["request"];

/** An event without an API request, such as a payment on the hosted page. */
export const noRequest: Cause = { id: null, idempotencyKey: null };

type NewEvent = { type: string; object: object; livemode: boolean; cause?: Cause };

const objectSchema = z.record(z.string(), z.json());

/**
 * Records an event and queues its webhook, if the endpoint receives this type. Call it in the
 * transaction of the change that it reports.
 */
export function publish(instance: Instance, { type, object, livemode, cause }: NewEvent): Event {
  const { db, clock } = instance;
  const { apiVersion, webhooks } = instance.settings();
  const now = clock.now();
  const event = events.save(db, {
    id: newId("evt"),
    livemode,
    created: Math.floor(now / 1000),
    type,
    apiVersion,
    object: objectSchema.parse(JSON.parse(JSON.stringify(object))),
    request: cause ?? noRequest,
  });
  if (webhooks.enabledEvents.some((pattern) => matches(pattern, type))) {
    const payload = formatJson(eventJson(event, 1));
    const subjectId = String(event.object.id ?? "");
    enqueueMessage(db, { id: event.id, type, subjectId, payload, createdAt: now });
    instance.dispatcher.wake();
  }
  return event;
}

/** `checkout.session.*` is every type of that prefix. */
function matches(pattern: string, type: string): boolean {
  return pattern.endsWith("*") ? type.startsWith(pattern.slice(0, -1)) : pattern === type;
}
