import * as z from "zod";
import { type Cursor, parseCursor } from "~/db/cursor";

/** What a delivery can be found by; a message that came again keeps its first outcome, so "duplicate" is never one. */
export const recordedOutcomes = ["applied", "stale", "ignored", "rejected"] as const;
/** In the order of `deliveryKind`. */
export const deliveryTypes = ["other", "user.created", "user.updated", "user.deleted"] as const;

const querySchema = z.lazy(() =>
  z.object({
    outcome: z.enum(recordedOutcomes).nullable().catch(null),
    type: z.enum(deliveryTypes).nullable().catch(null),
  }),
);
export type DeliveryQuery = z.infer<typeof querySchema> & Cursor;

/** Reads a URL; what it does not understand is as if it were not there. */
export function parseDeliveryQuery(params: URLSearchParams): DeliveryQuery {
  const query = querySchema.parse(
    Object.fromEntries(
      Object.keys(querySchema.unwrap().shape).map((name) => [name, params.get(name)]),
    ),
  );
  return { ...query, ...parseCursor(params) };
}
