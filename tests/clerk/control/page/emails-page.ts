import { html } from "hono/html";
import { universalCode } from "../../accounts/one-time-codes.ts";
import type { Instance } from "../../instance.ts";
import { type Email, listEmails } from "../../state/emails.ts";
import { emptyCard, type Html, layout, time } from "./layout.ts";

const shown = 100;

export function emailsPage(instance: Instance): Html {
  const mails = listEmails(instance.db, undefined, shown);
  return layout(
    instance,
    "/emails",
    "E-mails",
    html`<div class="head">
      <h1>E-mails</h1>
      <p class="muted"><code>${universalCode}</code> answers every code, too.</p>
    </div>
    ${
      mails.length === 0
        ? emptyCard("No e-mail was sent yet. Codes for signing up and in appear here.")
        : html`<ul class="card rows">${mails.map(row)}</ul>`
    }`,
  );
}

function row(mail: Email): Html {
  return html`<li>
    <div class="main">
      <span class="title">${mail.to}</span>
      <span class="muted">${mail.subject}, ${time(mail.createdAt)}</span>
    </div>
    ${mail.code === null ? "" : html`<span class="code">${mail.code}</span>`}
  </li>`;
}
