import { z } from "zod";
import type { Instance } from "../instance.ts";
import { sessions } from "../state/sessions.ts";
import { expireSession } from "./expire-session.ts";
import { settleDueRefunds } from "./refund.ts";
import { settleDue } from "./settle.ts";

const maxTimerMs = 60 * 60 * 1000;

export type Timekeeper = {
  /** Applies what is due, and waits for what is due next. */
  check(): void;
  close(): void;
};

/** Expires sessions and settles bank debits and refunds when their time has come. */
export function createTimekeeper(instance: Instance): Timekeeper {
  let timer: NodeJS.Timeout | undefined;
  const check = () => {
    clearTimeout(timer);
    applyDue(instance);
    const at = nextDueTime(instance);
    if (at === null) return;
    const delay = Math.min(Math.max(at - instance.clock.now(), 1), maxTimerMs);
    timer = setTimeout(check, delay).unref();
  };
  return { check, close: () => clearTimeout(timer) };
}

function applyDue(instance: Instance): void {
  const { db, clock } = instance;
  db.transaction(() => {
    const due = sessions.select(db, "WHERE due_at <= ? ORDER BY due_at", clock.now());
    for (const session of due) expireSession(instance, session);
    settleDue(instance);
    settleDueRefunds(instance);
  });
}

const dueRow = z.object({ at: z.number().nullable() });

function nextDueTime({ db }: Instance): number | null {
  const row = db
    .statement(
      `SELECT MIN(at) AS at FROM (
         SELECT MIN(due_at) AS at FROM checkout_sessions
         UNION ALL SELECT MIN(due_at) FROM payment_intents
         UNION ALL SELECT MIN(due_at) FROM refunds)`,
    )
    .get();
  return dueRow.parse(row).at;
}
