import { Hono } from "hono";
import { z } from "zod";
import type { Instance } from "../instance.ts";
import { events } from "../state/events.ts";
import { invalidParameter, resourceMissing } from "../wire/errors.ts";
import { currentEventJson } from "../wire/event-json.ts";
import type { ApiEnv } from "./context.ts";
import { boolean, created, expandShape, pageShape, text } from "./fields.ts";
import { type Condition, createdWithin, listJson, listPage, ofMode } from "./lists.ts";
import { jsonResponse } from "./responses.ts";
import { validate } from "./validate.ts";

const path = "/events";
const keptSeconds = 30 * 24 * 60 * 60;

const filterSchema = z.strictObject({
  ...pageShape,
  created: created.optional(),
  delivery_success: boolean.optional(),
  type: text().optional(),
  types: z.array(text()).max(20, "You can specify up to 20 types").optional(),
});

/** Events of the last 30 days. */
export function eventRoutes(instance: Instance): Hono<ApiEnv> {
  const { db, clock } = instance;
  const oldest = () => Math.floor(clock.now() / 1000) - keptSeconds;
  return new Hono<ApiEnv>()
    .get(path, (c) => {
      const filter = validate(filterSchema, c.get("parameters"));
      const conditions = [
        ofMode(c.get("livemode")),
        ...createdWithin(filter.created),
        { sql: "created > ?", values: [oldest()] },
        ...ofTypes(filter),
        ...delivered(filter.delivery_success),
      ];
      const options = { table: events, tableName: "events", type: "event", conditions };
      const { data, hasMore } = listPage(db, options, filter);
      const items = data.map((event) => currentEventJson(instance, event));
      return jsonResponse(listJson(`/v1${path}`, items, hasMore));
    })
    .get(`${path}/:id`, (c) => {
      validate(z.strictObject(expandShape), c.get("parameters"));
      const id = c.req.param("id");
      const event = events.find(db, id);
      const isKnown = event !== undefined && event.livemode === c.get("livemode");
      if (!isKnown || event.created <= oldest()) throw resourceMissing("event", id, "id");
      return jsonResponse(currentEventJson(instance, event));
    });
}

/** `charge.*` is every type of that prefix. */
function ofTypes({ type, types }: z.output<typeof filterSchema>): Condition[] {
  if (type !== undefined && types !== undefined) {
    throw invalidParameter("You may only specify one of these parameters: type, types.", "type");
  }
  const all = types ?? (type === undefined ? [] : [type]);
  if (all.length === 0) return [];
  const patterns = all.map((name) => name.replaceAll("_", "\\_").replace(/\*$/, "%"));
  const sql = patterns.map(() => "type LIKE ? ESCAPE '\\'").join(" OR ");
  return [{ sql: `(${sql})`, values: patterns }];
}

/** An event without an endpoint has nothing left to deliver. */
function delivered(success: boolean | undefined): Condition[] {
  if (success === undefined) return [];
  const undelivered = "(SELECT id FROM webhook_messages WHERE status <> 'delivered')";
  return [{ sql: `id ${success ? "NOT IN" : "IN"} ${undelivered}`, values: [] }];
}
