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
import { type Session, sessions, totalsOf } from "../../state/sessions.ts";

const perPage = 50;

export function sessionsPage(instance: Instance, page: number): Html {
  const { db } = instance;
  const offset = (page - 1) * perPage;
  const list = sessions.select(db, "ORDER BY rowid DESC LIMIT ? OFFSET ?", perPage + 1, offset);
  return layout(
    instance,
    "/",
    "Sessions",
    html`<h1>Checkout Sessions</h1>
    ${
      list.length === 0
        ? emptyCard("No sessions yet. The app creates one for each order.")
        : html`<ul class="card rows">${list.slice(0, perPage).map(row)}</ul>`
    }
    ${pager("/", page, list.length > perPage)}`,
  );
}

function row(session: Session): Html {
  const { id, status, paymentStatus, currency, lineItems, created, livemode } = session;
  return html`<li>
    <div class="main">
      <a class="title" href="/objects/${id}">${lineItems.map(({ name }) => name).join(", ")}</a>
      <span class="muted">${formatMoney(totalsOf(session).total, currency)}, ${time(created * 1000)}</span>
      <code class="muted">${id}</code>
    </div>
    ${livemode ? html`<span class="tag pending">live mode</span>` : ""}
    <span class="tag ${status === "complete" ? "good" : ""}">${status}</span>
    <span class="tag ${paymentStatus === "paid" ? "good" : "pending"}">${paymentStatus}</span>
    ${
      status === "open"
        ? html`<a class="button" href="/pay/${id}">Pay</a>
          <form class="inline" method="post" action="/sessions/${id}/expire">
            <button>Expire</button></form>`
        : ""
    }
  </li>`;
}
