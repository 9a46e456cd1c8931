import * as z from "zod";
import { type Cursor, parseCursor } from "~/db/cursor";

/** A repeated event keeps its first outcome, so "duplicate" is never stored. */
export const recordedStripeOutcomes = [
  "applied",
  "stale",
  "ignored",
  "rejected",
  "unmatched",
] as const;

const outcomeSchema = z.lazy(() => z.enum(recordedStripeOutcomes).nullable().catch(null));

export interface StripeEventQuery extends Cursor {
  outcome: z.infer<typeof outcomeSchema>;
}

/** Parses search params; invalid values are ignored. */
export function parseStripeEventQuery(params: URLSearchParams): StripeEventQuery {
  return { outcome: outcomeSchema.parse(params.get("outcome")), ...parseCursor(params) };
}
