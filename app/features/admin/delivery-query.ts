import * as z from "zod";
import { type Cursor, parseCursor } from "~/db/cursor";

/** A redelivered message keeps its first outcome, so "duplicate" is never stored. */
export const recordedOutcomes = ["applied", "stale", "ignored", "rejected"] as const;
/** Same order as `deliveryKind`. */
export const deliveryTypes = ["other", "user.created", "user.updated", "user.deleted"] as const;

const querySchema = z.lazy(() =>
  z.object({
    outcome: z.enum(recordedOutcomes).nullable().catch(null),
    type: z.enum(deliveryTypes).nullable().catch(null),
  }),
);
export type DeliveryQuery = z.infer<typeof querySchema> & Cursor;

/** Parses search params; invalid values are ignored. */
export function parseDeliveryQuery(params: URLSearchParams): DeliveryQuery {
  const query = querySchema.parse(
    Object.fromEntries(
      Object.keys(querySchema.unwrap().shape).map((name) => [name, params.get(name)]),
    ),
  );
  return { ...query, ...parseCursor(params) };
}
