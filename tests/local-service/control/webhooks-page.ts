import { html } from "hono/html";
import type { LocalService } from "../service.ts";
import { listMessages, type Message } from "../webhooks/messages.ts";
import { emptyCard, type Html, layout, pager, time } from "./layout.ts";

const perPage = 50;

/** A short text for what a message is about. */
export type DescribeSubject = (message: Message) => string;

export function webhooksPage(service: LocalService, describe: DescribeSubject, page: number): Html {
  const { messagesPath, noMessages, views } = service.texts;
  const title = views.find(([path]) => path === messagesPath)?.[1] ?? "";
  const offset = (page - 1) * perPage;
  const messages = listMessages(service.db, { limit: perPage + 1, offset });
  const row = (message: Message) => messageRow(service, message, describe(message));
  return layout(
    service,
    messagesPath,
    title,
    html`<div class="head">
      <h1>${title}</h1>
      <p class="muted">Sent to <code>${service.settings().webhooks.url}</code></p>
    </div>
    ${
      messages.length === 0
        ? emptyCard(noMessages)
        : html`<ul class="card rows">${messages.slice(0, perPage).map(row)}</ul>`
    }
    ${pager(messagesPath, page, messages.length > perPage)}`,
  );
}

export function messageRow({ texts }: LocalService, message: Message, subject: string): Html {
  return html`<li>
    <div class="main">
      <a class="title" href="${texts.messagesPath}/${message.id}">${message.type}</a>
      <span class="muted">${subject}, ${time(message.createdAt)}</span>
      <code class="muted">${message.id}</code>
    </div>
    ${statusTag(message)}
    ${redeliverForm(texts.messagesPath, message)}
  </li>`;
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

export function redeliverForm(messagesPath: string, message: Message): Html {
  return html`<form class="inline" method="post" action="${messagesPath}/${message.id}/redeliver">
    <button>Redeliver</button></form>`;
}
