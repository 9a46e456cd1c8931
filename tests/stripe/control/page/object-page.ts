import { html } from "hono/html";
import { ControlError } from "../../../local-service/control/errors.ts";
import { emptyCard, type Html, layout } from "../../../local-service/control/layout.ts";
import { messageRow } from "../../../local-service/control/webhooks-page.ts";
import { listMessages } from "../../../local-service/webhooks/messages.ts";
import type { Instance } from "../../instance.ts";
import { disputes } from "../../state/disputes.ts";
import { charges, paymentIntents } from "../../state/payments.ts";
import { refunds } from "../../state/refunds.ts";
import { sessions } from "../../state/sessions.ts";
import { disputeJson } from "../../wire/dispute-json.ts";
import { chargeJson, paymentIntentJson } from "../../wire/payment-json.ts";
import { refundJson } from "../../wire/refund-json.ts";
import { sessionJson } from "../../wire/session-json.ts";

const maxEvents = 50;

/** An object in Stripe's format and its events. */
export function objectPage(instance: Instance, id: string): Html {
  const { view, json } = findObject(instance, id);
  const messages = listMessages(instance.db, { subjectId: id, limit: maxEvents });
  return layout(
    instance,
    view,
    id,
    html`<h1>${id}</h1>
    <section class="card pad"><pre>${JSON.stringify(json, null, 2)}</pre></section>
    <h2>Events</h2>
    ${
      messages.length === 0
        ? emptyCard("No events yet.")
        : html`<ul class="card rows">${messages.map((message) => messageRow(instance, message, id))}</ul>`
    }`,
  );
}

function findObject(instance: Instance, id: string): { view: string; json: object } {
  const session = sessions.find(instance.db, id);
  if (session !== undefined) return { view: "/", json: sessionJson(instance, session) };
  const intent = paymentIntents.find(instance.db, id);
  if (intent !== undefined) return { view: "/payments", json: paymentIntentJson(intent) };
  const charge = charges.find(instance.db, id);
  if (charge !== undefined) return { view: "/payments", json: chargeJson(charge) };
  const refund = refunds.find(instance.db, id);
  if (refund !== undefined) return { view: "/payments", json: refundJson(refund) };
  const dispute = disputes.find(instance.db, id);
  if (dispute !== undefined) return { view: "/payments", json: disputeJson(dispute) };
  throw new ControlError(404, `Nothing has the id ${id}`);
}
