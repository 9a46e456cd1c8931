import { z } from "zod";
import { documentTable } from "../state/documents.ts";
import type { Chaos } from "./chaos.ts";
import { shuffle } from "./seeded-random.ts";

const planSchema = z.object({
  /** Message id. */
  id: z.string(),
  /** Extra copies to send. */
  copies: z.number(),
  badSignature: z.boolean(),
});
export type DeliveryPlan = z.output<typeof planSchema>;

/** How to send a message the first time; deleted once it was sent. */
export const deliveryPlans = documentTable<DeliveryPlan>({
  table: "delivery_plans",
  schema: planSchema,
});

/** Sends the message normally. */
export const defaultPlan = (id: string): DeliveryPlan => ({ id, copies: 0, badSignature: false });

/** Whether messages need a delivery plan. */
export function affectsDeliveries(chaos: Chaos): boolean {
  const { drop, duplicate, delay, badSignature, reorder } = chaos.settings().deliveries;
  const odds = [drop, duplicate, delay, badSignature];
  return reorder.size > 1 || odds.some(({ next, probability }) => next > 0 || probability > 0);
}

type MessageRef = { id: string; sequence: number };

/** Decides how to deliver a new message. */
export function planDelivery(
  chaos: Chaos,
  { id, sequence }: MessageRef,
): "drop" | { plan: DeliveryPlan; delayMs: number } {
  if (chaos.affectsMessage("drop", sequence)) return "drop";
  const { duplicate, delay } = chaos.settings().deliveries;
  const copies = chaos.affectsMessage("duplicate", sequence) ? duplicate.copies : 0;
  const badSignature = chaos.affectsMessage("badSignature", sequence);
  const fraction = delay.random ? chaos.randomFor("delay length", sequence) : 1;
  const delayMs = chaos.affectsMessage("delay", sequence) ? Math.round(delay.ms * fraction) : 0;
  return { plan: { id, copies, badSignature }, delayMs };
}

/** The messages in sending order. */
export function orderDeliveries<Message extends MessageRef>(
  chaos: Chaos,
  messages: Message[],
): Message[] {
  const [first] = messages;
  if (first === undefined || messages.length === 1) return messages;
  return shuffle(messages, (choice) => chaos.randomFor(choice, first.sequence));
}
