import { html } from "hono/html";
import { type Html, time } from "../../../local-service/control/layout.ts";
import type { Instance } from "../../instance.ts";
import { formatMoney } from "../../payments/money.ts";
import { disputes } from "../../state/disputes.ts";
import { refunds } from "../../state/refunds.ts";

/** Refunds a payment as in Stripe's dashboard, or disputes it. */
export const moneyBackForms = (paymentId: string): Html =>
  html`<form class="inline" method="post" action="/payments/${paymentId}/refund">
      <label>Minor units (empty: all)
        <input name="amount" inputmode="numeric" size="6"></label>
      <button>Refund</button></form>
    <form class="inline" method="post" action="/payments/${paymentId}/dispute">
      <button>Dispute</button></form>`;

/** The refunds of a payment, with the bank's possible answers. */
export function refundRows({ db }: Instance, paymentId: string): Html[] {
  const list = refunds.select(db, "WHERE payment_intent = ? ORDER BY rowid", paymentId);
  return list.map(({ id, amount, currency, created, status }) => {
    const answers = status === "pending" ? ["succeeded", "failed", "canceled"] : ["failed"];
    const isOpen = status === "pending" || status === "succeeded";
    return html`<li>
      <div class="main">
        <a class="title" href="/objects/${id}">Refund of ${formatMoney(amount, currency)}</a>
        <span class="muted">${time(created * 1000)}</span>
      </div>
      <span class="tag ${status === "succeeded" ? "good" : "pending"}">${status}</span>
      ${
        isOpen
          ? html`<form class="inline" method="post" action="/refunds/${id}/settle">${answers.map(
              (answer) => html`<button name="outcome" value="${answer}">${labels[answer]}</button>`,
            )}</form>`
          : ""
      }
    </li>`;
  });
}

const labels: Record<string, string> = { succeeded: "Succeed", failed: "Fail", canceled: "Cancel" };

export function disputeRows({ db }: Instance, paymentId: string): Html[] {
  const list = disputes.select(db, "WHERE payment_intent = ? ORDER BY rowid", paymentId);
  return list.map(
    ({ id, amount, currency, created, status }) => html`<li>
      <div class="main">
        <a class="title" href="/objects/${id}">Dispute of ${formatMoney(amount, currency)}</a>
        <span class="muted">${time(created * 1000)}</span>
      </div>
      <span class="tag ${status === "won" ? "good" : "pending"}">${status}</span>
      ${
        status === "needs_response"
          ? html`<form class="inline" method="post" action="/disputes/${id}/close">
              <button name="outcome" value="won">Win</button>
              <button name="outcome" value="lost">Lose</button></form>`
          : ""
      }
    </li>`,
  );
}
