import { z } from "zod";
import { documentTable } from "../state/documents.ts";
import { shuffled } from "./chance.ts";
import type { Chaos } from "./chaos.ts";

const planSchema = z.object({
  /** Id of the message. */
  id: z.string(),
  /** How many times it is sent beyond the first. */
  copies: z.number(),
  badSignature: z.boolean(),
});
export type DeliveryPlan = z.output<typeof planSchema>;

/** What the first sending of a message will be like, from when it is chosen until it was sent. */
export const deliveryPlans = documentTable<DeliveryPlan>({
  table: "delivery_plans",
  schema: planSchema,
});

/** A message that is sent as it should be. */
export const plainPlan = (id: string): DeliveryPlan => ({ id, copies: 0, badSignature: false });

/** Whether messages have to be planned before they are sent. */
export function affectsDeliveries(chaos: Chaos): boolean {
  const { drop, duplicate, delay, badSignature, reorder } = chaos.settings().deliveries;
  const odds = [drop, duplicate, delay, badSignature];
  return reorder.size > 1 || odds.some(({ next, probability }) => next > 0 || probability > 0);
}

type Planned = { id: string; sequence: number };

/** What becomes of a message that is to be sent for the first time. */
export function planDelivery(
  chaos: Chaos,
  { id, sequence }: Planned,
): "drop" | { plan: DeliveryPlan; delayMs: number } {
  if (chaos.hitsMessage("drop", sequence)) return "drop";
  const { duplicate, delay } = chaos.settings().deliveries;
  const copies = chaos.hitsMessage("duplicate", sequence) ? duplicate.copies : 0;
  const badSignature = chaos.hitsMessage("badSignature", sequence);
  const share = delay.random ? chaos.chanceOf("delay length", sequence) : 1;
  const delayMs = chaos.hitsMessage("delay", sequence) ? Math.round(delay.ms * share) : 0;
  return { plan: { id, copies, badSignature }, delayMs };
}

/** The messages in the order in which they are to go out. */
export function orderDeliveries<Message extends Planned>(
  chaos: Chaos,
  messages: Message[],
): Message[] {
  const [first] = messages;
  if (first === undefined || messages.length === 1) return messages;
  return shuffled(messages, (choice) => chaos.chanceOf(choice, first.sequence));
}
