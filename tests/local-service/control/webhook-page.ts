import { html } from "hono/html";
import type { LocalService } from "../service.ts";
import { type Attempt, attempts, type Message } from "../webhooks/messages.ts";
import { isDelivered } from "../webhooks/sender.ts";
import { emptyCard, type Html, layout, time } from "./layout.ts";
import { redeliverForm, statusTag } from "./webhooks-page.ts";

export function webhookPage(service: LocalService, message: Message): Html {
  const { messagesPath, messageId, subjectPath } = service.texts;
  const messageAttempts = attempts.select(
    service.db,
    "WHERE message_id = ? ORDER BY rowid DESC",
    message.id,
  );
  return layout(
    service,
    messagesPath,
    message.type,
    html`<div class="head">
      <h1>${message.type}</h1>
      <div class="inline">${statusTag(message)} ${redeliverForm(messagesPath, message)}</div>
    </div>
    <section class="card pad">
      <dl>
        <dt>${messageId}</dt><dd><code>${message.id}</code></dd>
        <dt>Subject</dt><dd><a href="${subjectPath(message.subjectId)}"><code>${message.subjectId}</code></a></dd>
        <dt>Created</dt><dd>${time(message.createdAt)}</dd>
        <dt>Next attempt</dt>
        <dd>${message.nextAttemptAt === null ? "none" : time(message.nextAttemptAt)}</dd>
      </dl>
      <pre>${JSON.stringify(JSON.parse(message.payload), null, 2)}</pre>
    </section>
    <h2>Attempts</h2>
    ${
      messageAttempts.length === 0
        ? emptyCard("Not sent yet.")
        : messageAttempts.map((attempt, index) => attemptCard(attempt, index === 0))
    }`,
  );
}

function attemptCard(attempt: Attempt, open: boolean): Html {
  const outcome = attempt.status === null ? attempt.error : attempt.status;
  return html`<details class="card pad" ${open ? html`open` : ""}>
    <summary>
      <span class="tag ${isDelivered(attempt) ? "good" : "bad"}">${outcome}</span>
      ${time(attempt.at)} <span class="muted">${attempt.durationMs} ms</span>
    </summary>
    <h2>Request</h2>
    <pre>${requestText(attempt)}</pre>
    <h2>Response</h2>
    <pre>${attempt.responseBody || (attempt.error ?? "(empty)")}</pre>
  </details>`;
}

function requestText(attempt: Attempt): string {
  const headers = Object.entries(attempt.requestHeaders).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return [`POST ${attempt.url}`, ...headers, "", attempt.requestBody].join("\n");
}
