import { html } from "hono/html";
import { emptyCard, type Html, layout, time } from "../../../local-service/control/layout.ts";
import { universalCode } from "../../environment.ts";
import type { Instance } from "../../instance.ts";
import { type Email, listEmails } from "../../state/emails.ts";

const maxEmails = 100;

export function emailsPage(instance: Instance): Html {
  const emails = listEmails(instance.db, undefined, maxEmails);
  return layout(
    instance,
    "/emails",
    "Emails",
    html`<div class="head">
      <h1>Emails</h1>
      ${
        instance.deployment.isProduction
          ? ""
          : html`<p class="muted"><code>${universalCode}</code> is always a valid code.</p>`
      }
    </div>
    ${
      emails.length === 0
        ? emptyCard("No emails yet. Sign-up and sign-in codes appear here.")
        : html`<ul class="card rows">${emails.map(row)}</ul>`
    }`,
  );
}

function row(email: Email): Html {
  return html`<li>
    <div class="main">
      <span class="title">${email.to}</span>
      <span class="muted">${email.subject}, ${time(email.createdAt)}</span>
    </div>
    ${email.code === null ? "" : html`<span class="code">${email.code}</span>`}
  </li>`;
}
