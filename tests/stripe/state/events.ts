import { z } from "zod";
import { documentTable } from "../../local-service/state/documents.ts";

const eventSchema = z.object({
  id: z.string(),
  livemode: z.boolean(),
  created: z.number(),
  type: z.string(),
  apiVersion: z.string(),
  /** The object as it was. */
  object: z.record(z.string(), z.json()),
  /** The API request that caused the event, if any. */
  request: z.object({ id: z.string().nullable(), idempotencyKey: z.string().nullable() }),
});
export type Event = z.infer<typeof eventSchema>;

export const events = documentTable<Event>({
  table: "events",
  schema: eventSchema,
  columns: ({ livemode, created, type }) => ({ livemode: Number(livemode), created, type }),
});
