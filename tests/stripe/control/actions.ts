import type { z } from "zod";
import { ControlError } from "../../local-service/control/errors.ts";
import type { Instance } from "../instance.ts";
import { successUrl } from "../pay/success-url.ts";
import { expireSession } from "../payments/expire-session.ts";
import { confirm, type PayOutcome, pay } from "../payments/pay.ts";
import { allowedMethods } from "../payments/payment-methods.ts";
import { settle } from "../payments/settle.ts";
import { type PaymentIntent, paymentIntents } from "../state/payments.ts";
import { tables } from "../state/schema.ts";
import { type Session, sessions } from "../state/sessions.ts";
import type { confirmSchema, payResponseSchema, paySchema, settleSchema } from "./protocol.ts";

/** Actions of the control API and the control page that Stripe's API does not offer. */

type PayResponse = z.output<typeof payResponseSchema>;

/** What the payer does on the hosted page. */
export function payOnPage(
  instance: Instance,
  id: string,
  input: z.output<typeof paySchema>,
): PayResponse {
  const session = requireSession(instance, id);
  if (session.status !== "open") return closed(instance, session);
  if (!allowedMethods(session).includes(input.method)) {
    throw new ControlError(422, "This payment method is not available", "method");
  }
  return respond(
    instance,
    session,
    instance.db.transaction(() => pay(instance, session, input)),
  );
}

export function confirmOnPage(
  instance: Instance,
  id: string,
  { confirmed }: z.output<typeof confirmSchema>,
): PayResponse {
  const session = requireSession(instance, id);
  if (session.status !== "open") return closed(instance, session);
  return respond(
    instance,
    session,
    instance.db.transaction(() => confirm(instance, session, confirmed)),
  );
}

export function settleNow(
  instance: Instance,
  id: string,
  { outcome }: z.output<typeof settleSchema>,
): void {
  const intent = requirePayment(instance, id);
  instance.db.transaction(() => settle(instance, intent, outcome));
}

export function expireNow(instance: Instance, id: string): void {
  const session = requireSession(instance, id);
  if (session.status !== "open") return;
  instance.db.transaction(() => expireSession(instance, session));
}

/** Gives up on every webhook that is still pending, as if it were lost. */
export function losePending({ db }: Instance): void {
  db.statement(
    "UPDATE webhook_messages SET status = 'dropped', next_attempt_at = NULL WHERE status = 'pending'",
  ).run();
}

/** Deletes everything except settings. */
export function resetState({ db, dispatcher }: Instance): void {
  db.transaction(() => {
    for (const table of tables) db.statement(`DELETE FROM ${table}`).run();
  });
  dispatcher.wake();
}

/** Remembers everything except settings, until the service ends. */
export function saveState({ db }: Instance): void {
  db.transaction(() => {
    for (const table of tables) {
      db.statement(`DROP TABLE IF EXISTS temp.saved_${table}`).run();
      db.statement(
        `CREATE TEMP TABLE saved_${table} AS SELECT * FROM ${table} ORDER BY rowid`,
      ).run();
    }
  });
}

/** Returns to the saved state. Its webhooks are sent again, unless they are held. */
export function restoreState({ db, dispatcher }: Instance): void {
  db.transaction(() => {
    for (const table of tables) {
      db.statement(`DELETE FROM ${table}`).run();
      db.statement(`INSERT INTO ${table} SELECT * FROM saved_${table}`).run();
    }
  });
  dispatcher.wake();
}

/** @throws {ControlError} 404 */
export function requireSession({ db }: Instance, id: string): Session {
  const session = sessions.find(db, id);
  if (session === undefined) throw new ControlError(404, `No session has the id ${id}`);
  return session;
}

/** @throws {ControlError} 404 */
export function requirePayment({ db }: Instance, id: string): PaymentIntent {
  const intent = paymentIntents.find(db, id);
  if (intent === undefined) throw new ControlError(404, `No payment has the id ${id}`);
  return intent;
}

function respond({ origin }: Instance, session: Session, outcome: PayOutcome): PayResponse {
  const page = `${origin}/pay/${session.id}`;
  if (outcome === "complete") return { outcome, url: successUrl(session) };
  return { outcome, url: outcome === "confirm" ? `${page}/confirm` : `${page}?declined` };
}

const closed = ({ origin }: Instance, { id }: Session): PayResponse => ({
  outcome: "closed",
  url: `${origin}/pay/${id}`,
});
