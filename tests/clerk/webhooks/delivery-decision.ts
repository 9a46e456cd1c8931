import type { Chaos } from "../chaos/chaos.ts";
import {
  affectsDeliveries,
  defaultPlan,
  deliveryPlans,
  orderDeliveries,
  planDelivery,
} from "../chaos/delivery-plan.ts";
import type { Database } from "../state/database.ts";
import type { Settings } from "../state/settings.ts";
import {
  dueUnplannedMessages,
  type Message,
  nextDueMessage,
  nextDueTime,
  nextPlannedMessage,
  updateMessage,
} from "./messages.ts";

/** A message to send now, `copies` times more than once. */
export type Delivery = { message: Message; copies: number; badSignature: boolean };

/** What to send now or, if nothing, when to ask again. */
export type Decision = { delivery: Delivery } | { nextAt: number | undefined };

/** So many messages are dropped or delayed at most before other work gets its turn. */
const maxRounds = 200;

/**
 * Which message goes out now, and how, or none. The one place that decides about deliveries: what
 * drops, doubles, delays, reorders or spoils them is applied here.
 */
export function decideNextDelivery(
  db: Database,
  settings: Settings["webhooks"],
  chaos: Chaos,
  now: number,
  inFlight: string[],
): Decision {
  if (settings.held) return { nextAt: undefined };
  return db.transaction(() => {
    for (let round = 0; round < maxRounds; round += 1) {
      const affectedByChaos = affectsDeliveries(chaos);
      const next = affectedByChaos ? nextPlannedMessage : nextDueMessage;
      const message = next(db, now, inFlight);
      if (message !== undefined) return { delivery: asPlanned(db, message) };
      const plannedAt = nextDueTime(db, { after: now });
      const group = affectedByChaos ? dueGroup(db, chaos, now, inFlight) : [];
      if (group.length === 0) return { nextAt: plannedAt };
      const readyAt = readyTime(chaos, group);
      if (readyAt > now) return { nextAt: Math.min(readyAt, plannedAt ?? readyAt) };
      planGroup(db, chaos, group, now);
    }
    return { nextAt: now };
  });
}

function asPlanned(db: Database, message: Message): Delivery {
  const { copies, badSignature } = deliveryPlans.find(db, message.id) ?? defaultPlan(message.id);
  return { message, copies, badSignature };
}

function dueGroup(db: Database, chaos: Chaos, now: number, inFlight: string[]): Message[] {
  const { size } = chaos.settings().deliveries.reorder;
  return dueUnplannedMessages(db, now, inFlight, size);
}

/** A group that is to be shuffled waits until it is complete, but not for ever. */
function readyTime(chaos: Chaos, group: Message[]): number {
  const { size, holdMs } = chaos.settings().deliveries.reorder;
  return group.length >= size ? 0 : (group[0]?.nextAttemptAt ?? 0) + holdMs;
}

function planGroup(db: Database, chaos: Chaos, group: Message[], now: number): void {
  const kept = group.flatMap((message) => {
    const decided = planDelivery(chaos, message);
    if (decided === "drop") {
      updateMessage(db, message.id, { status: "dropped", attempts: 0, nextAttemptAt: null });
      return [];
    }
    deliveryPlans.save(db, decided.plan);
    return [{ ...message, delayMs: decided.delayMs }];
  });
  // Messages go out in the order in which they are due, so that order is what has to change.
  const last = group[0]?.nextAttemptAt ?? now;
  orderDeliveries(chaos, kept).forEach(({ id, delayMs }, place) => {
    const nextAttemptAt = delayMs > 0 ? now + delayMs : last - kept.length + place + 1;
    updateMessage(db, id, { status: "pending", attempts: 0, nextAttemptAt });
  });
}
