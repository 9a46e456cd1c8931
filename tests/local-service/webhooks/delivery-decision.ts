import type { Chaos } from "../chaos/chaos.ts";
import {
  affectsDeliveries,
  defaultPlan,
  deliveryPlans,
  orderDeliveries,
  planDelivery,
} from "../chaos/delivery-plan.ts";
import type { Database } from "../state/database.ts";
import {
  dueUnplannedMessages,
  type Message,
  nextDueMessage,
  nextDueTime,
  nextPlannedMessage,
  updateMessage,
} from "./messages.ts";
import type { WebhookSettings } from "./settings.ts";

/** A message to send now, plus extra copies. */
export type Delivery = { message: Message; copies: number; badSignature: boolean };

/** What to send now or, if nothing, when to check again. */
export type Decision = { delivery: Delivery } | { nextAt: number | undefined };

/** Limits how many messages are dropped or delayed before other work can run. */
const maxRounds = 200;

/**
 * Chooses the next message to send, if any, and how to send it. The only place where chaos settings
 * drop, duplicate, delay, reorder or corrupt messages.
 */
export function decideNextDelivery(
  db: Database,
  settings: WebhookSettings,
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
      if (message !== undefined) return { delivery: toDelivery(db, message) };
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

function toDelivery(db: Database, message: Message): Delivery {
  const { copies, badSignature } = deliveryPlans.find(db, message.id) ?? defaultPlan(message.id);
  return { message, copies, badSignature };
}

function dueGroup(db: Database, chaos: Chaos, now: number, inFlight: string[]): Message[] {
  const { size } = chaos.settings().deliveries.reorder;
  return dueUnplannedMessages(db, now, inFlight, size);
}

/** A group waits until it is complete, but at most `holdMs`. */
function readyTime(chaos: Chaos, group: Message[]): number {
  const { size, holdMs } = chaos.settings().deliveries.reorder;
  return group.length >= size ? 0 : (group[0]?.nextAttemptAt ?? 0) + holdMs;
}

function planGroup(db: Database, chaos: Chaos, group: Message[], now: number): void {
  const planned = group.flatMap((message) => {
    const decision = planDelivery(chaos, message);
    if (decision === "drop") {
      updateMessage(db, message.id, { status: "dropped", attempts: 0, nextAttemptAt: null });
      return [];
    }
    deliveryPlans.save(db, decision.plan);
    return [{ ...message, delayMs: decision.delayMs }];
  });
  // Messages are sent in due order, so reordering changes their due times.
  const lastDue = group[0]?.nextAttemptAt ?? now;
  orderDeliveries(chaos, planned).forEach(({ id, delayMs }, index) => {
    const nextAttemptAt = delayMs > 0 ? now + delayMs : lastDue - planned.length + index + 1;
    updateMessage(db, id, { status: "pending", attempts: 0, nextAttemptAt });
  });
}
