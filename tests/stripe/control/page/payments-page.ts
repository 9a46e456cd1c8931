import { html } from "hono/html";
import {
  emptyCard,
  type Html,
  layout,
  pager,
  time,
} from "../../../local-service/control/layout.ts";
import type { Instance } from "../../instance.ts";
import { formatMoney } from "../../payments/money.ts";
import { type PaymentIntent, paymentIntents } from "../../state/payments.ts";
import { disputeRows, moneyBackForms, refundRows } from "./refund-rows.ts";

const perPage = 50;

export function paymentsPage(instance: Instance, page: number): Html {
  const offset = (page - 1) * perPage;
  const list = paymentIntents.select(
    instance.db,
    "ORDER BY rowid DESC LIMIT ? OFFSET ?",
    perPage + 1,
    offset,
  );
  return layout(
    instance,
    "/payments",
    "Payments",
    html`<h1>Payments</h1>
    ${
      list.length === 0
        ? emptyCard("No payments yet.")
        : html`<ul class="card rows">${list.slice(0, perPage).map((intent) => row(instance, intent))}</ul>`
    }
    ${pager("/payments", page, list.length > perPage)}`,
  );
}

function row(instance: Instance, intent: PaymentIntent): Html {
  const { id, amount, currency, created, status, lastError, settlement } = intent;
  const due = settlement?.at;
  return html`<li>
    <div class="main">
      <a class="title" href="/objects/${id}">${formatMoney(amount, currency)}</a>
      <span class="muted">${time(created * 1000)}${lastError === null ? "" : `, ${lastError.message}`}
        ${typeof due === "number" ? html`, settles ${time(due)}` : ""}</span>
      <code class="muted">${id}</code>
    </div>
    <span class="tag ${status === "succeeded" ? "good" : "pending"}">${status}</span>
    ${
      status === "processing"
        ? html`<form class="inline" method="post" action="/payments/${id}/settle">
            <button name="outcome" value="succeeded">Settle</button>
            <button name="outcome" value="failed">Fail</button></form>`
        : ""
    }
    ${status === "succeeded" ? moneyBackForms(id) : ""}
  </li>${refundRows(instance, id)}${disputeRows(instance, id)}`;
}
