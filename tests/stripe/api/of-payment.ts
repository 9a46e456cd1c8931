import type { CreatedFilter } from "./fields.ts";
import { created, pageShape, text } from "./fields.ts";
import { type Condition, createdWithin, ofMode } from "./lists.ts";

/** Parameters of lists of what belongs to a payment. */
export const ofPaymentShape = {
  ...pageShape,
  created: created.optional(),
  charge: text().optional(),
  payment_intent: text().optional(),
};

type Filter = {
  created?: CreatedFilter | undefined;
  charge?: string | undefined;
  payment_intent?: string | undefined;
};

export function ofPayment(livemode: boolean, filter: Filter): Condition[] {
  const { charge, payment_intent } = filter;
  return [
    ofMode(livemode),
    ...createdWithin(filter.created),
    ...(charge === undefined ? [] : [{ sql: "charge = ?", values: [charge] }]),
    ...(payment_intent === undefined
      ? []
      : [{ sql: "payment_intent = ?", values: [payment_intent] }]),
  ];
}
