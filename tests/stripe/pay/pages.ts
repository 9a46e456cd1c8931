import { html } from "hono/html";
import type { Html } from "../../local-service/control/layout.ts";
import { formatMoney } from "../payments/money.ts";
import { allowedMethods, payMethods } from "../payments/payment-methods.ts";
import { type Session, totalsOf } from "../state/sessions.ts";

export function payPage(session: Session, message: string | null): Html {
  const { cancelUrl, currency, lineItems, payerEmail, customerEmail } = session;
  const { total } = totalsOf(session);
  const methods = allowedMethods(session);
  return page(
    "Pay",
    html`<h1>Pay ${formatMoney(total, currency)}</h1>
    ${message === null ? "" : html`<p class="notice" role="alert">${message}</p>`}
    <ul class="card rows">${lineItems.map(
      (item) => html`<li><span class="main">${item.name}</span>
        <span>${formatMoney(item.amountTotal, currency)}</span></li>`,
    )}</ul>
    <form class="card pad" method="post" action="/pay/${session.id}">
      <label>Email
        <input type="email" name="email" value="${payerEmail ?? customerEmail ?? ""}" required
          autocomplete="email"></label>
      <fieldset><legend>Payment method</legend><div>${methods.map(
        (method, index) => html`<label class="check">
          <input type="radio" name="method" value="${method}" ${index === 0 ? html`checked` : ""}>
          <span>${payMethods[method].label}
            <span class="muted">${payMethods[method].number}</span></span></label>`,
      )}</div></fieldset>
      <div><button class="primary">Pay ${formatMoney(total, currency)}</button></div>
    </form>
    ${cancelUrl === null ? "" : html`<p><a href="${cancelUrl}">Cancel and return to the shop</a></p>`}`,
  );
}

export function confirmPage(session: Session): Html {
  return page(
    "Confirm the payment",
    html`<h1>Confirm the payment</h1>
    <form class="card pad" method="post" action="/pay/${session.id}/confirm">
      <p>Your bank asks you to confirm this payment of
        ${formatMoney(totalsOf(session).total, session.currency)}.</p>
      <div class="inline"><button class="primary" name="outcome" value="confirm">Confirm</button>
        <button name="outcome" value="refuse">Refuse</button></div>
    </form>`,
  );
}

/** The page of a session that is no longer open. */
export function messagePage({ status, cancelUrl }: Session): Html {
  const text =
    status === "complete"
      ? "This payment is already complete."
      : "This checkout session has expired.";
  return page(
    "Checkout",
    html`<h1>${text}</h1>
    ${cancelUrl === null ? "" : html`<p><a href="${cancelUrl}">Return to the shop</a></p>`}`,
  );
}

function page(title: string, content: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title} · Local Stripe</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="/pay/styles.css">
</head>
<body>
  <header class="bar"><div>
    <span class="brand">Local Stripe <span>no real money moves</span></span>
  </div></header>
  <main>${content}</main>
</body>
</html>`;
}
