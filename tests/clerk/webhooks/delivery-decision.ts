import type { Database } from "../state/database.ts";
import type { Settings } from "../state/settings.ts";
import { type Message, nextDueMessage } from "./messages.ts";

/**
 * Which message goes out now, or none. The one place that decides about deliveries: whatever is
 * to drop, double, delay or reorder them belongs here.
 */
export function decideNextDelivery(
  db: Database,
  settings: Settings["webhooks"],
  now: number,
  inFlight: string[],
): Message | undefined {
  if (settings.held) return undefined;
  return nextDueMessage(db, now, inFlight);
}
