import { html } from "hono/html";
import { z } from "zod";
import type { Instance } from "../../instance.ts";
import { listMessages, type Message } from "../../webhooks/messages.ts";
import { emptyCard, type Html, layout, pager, time } from "./layout.ts";

const perPage = 50;

export function webhooksPage(instance: Instance, page: number): Html {
  const offset = (page - 1) * perPage;
  const messages = listMessages(instance.db, { limit: perPage + 1, offset });
  return layout(
    instance,
    "/webhooks",
    "Webhooks",
    html`<div class="head">
      <h1>Webhooks</h1>
      <p class="muted">Sent to <code>${instance.settings().webhooks.url}</code></p>
    </div>
    ${
      messages.length === 0
        ? emptyCard("No webhooks yet. Every change to a user sends one.")
        : html`<ul class="card rows">${messages.slice(0, perPage).map(messageRow)}</ul>`
    }
    ${pager("/webhooks", page, messages.length > perPage)}`,
  );
}

export function messageRow(message: Message): Html {
  return html`<li>
    <div class="main">
      <a class="title" href="/webhooks/${message.id}">${message.type}</a>
      <span class="muted">${subject(message)}, ${time(message.createdAt)}</span>
      <code class="muted">${message.id}</code>
    </div>
    ${statusTag(message)}
    ${redeliverForm(message)}
  </li>`;
}

const payloadSchema = z.object({
  data: z.object({ email_addresses: z.array(z.object({ email_address: z.string() })).default([]) }),
});

/** The user's email address, or else the id. */
function subject(message: Message): string {
  const { data } = payloadSchema.parse(JSON.parse(message.payload));
  return data.email_addresses[0]?.email_address ?? message.subjectId;
}

export function statusTag(message: Message): Html {
  const attempts = message.attempts === 1 ? "1 attempt" : `${message.attempts} attempts`;
  const classes = {
    delivered: "good",
    pending: "pending",
    exhausted: "bad",
    dropped: "bad",
  } as const;
  return html`<span class="tag ${classes[message.status]}">${message.status}, ${attempts}</span>`;
}

export function redeliverForm(message: Message): Html {
  return html`<form class="inline" method="post" action="/webhooks/${message.id}/redeliver">
    <button>Redeliver</button></form>`;
}
