import { html } from "hono/html";
import type { LocalService } from "../service.ts";
import { countMessages } from "../webhooks/messages.ts";
import { chaosLabels } from "./chaos-labels.ts";

export type Html = ReturnType<typeof html>;

/** A page; `view` is the path of the current view. */
export function layout(service: LocalService, view: string, title: string, content: Html): Html {
  const name = serviceName(service);
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title} · ${name}</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="/styles.css">
</head>
<body>
  <header class="bar"><div>
    <a class="brand" href="/">${name} <span>for development and tests</span></a>
    ${holdSwitch(service)}
    <nav aria-label="Main">
      ${service.texts.views.map(
        ([path, label]) =>
          html`<a href="${path}" ${path === view ? html`aria-current="page"` : ""}>${label}</a>`,
      )}
    </nav>
  </div></header>
  ${chaosWarning(service)}
  <main>${content}</main>
</body>
</html>`;
}

const serviceName = ({ texts }: LocalService) => `Local ${texts.company}`;

/** Shown on every page, so that injected faults are not mistaken for bugs of the app. */
function chaosWarning(service: LocalService): Html | string {
  const texts = chaosLabels(service);
  if (texts.length === 0) return "";
  return html`<aside class="warning" aria-label="Chaos is on"><div>
    <p><strong>Chaos is on:</strong> ${texts.join(" · ")}</p>
    <form class="inline" method="post" action="/chaos/stop"><button>Stop all chaos</button></form>
  </div></aside>`;
}

function holdSwitch(service: LocalService): Html {
  const { held } = service.settings().webhooks;
  const pending = countMessages(service.db, "pending");
  const count = pending === 0 ? "" : html`<span class="tag pending">${pending} pending</span>`;
  return html`<form class="hold" method="post" action="/webhooks/${held ? "release" : "hold"}">
    ${count}
    <span class="tag ${held ? "bad" : "good"}">Webhooks ${held ? "on hold" : "active"}</span>
    <button>${held ? "Release" : "Hold"}</button>
  </form>`;
}

/** A date and time in the server's time zone. */
export function time(at: number | null): Html | string {
  if (at === null) return "never";
  const date = new Date(at);
  const text = date.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "medium" });
  return html`<time datetime="${date.toISOString()}">${text}</time>`;
}

export function emptyCard(text: string): Html {
  return html`<p class="card empty">${text}</p>`;
}

export function pager(path: string, page: number, hasNext: boolean): Html | string {
  if (page === 1 && !hasNext) return "";
  const separator = path.includes("?") ? "&" : "?";
  const link = (to: number, text: string) =>
    html`<a class="button" href="${path}${separator}page=${to}">${text}</a>`;
  return html`<p class="head">
    <span>${page > 1 ? link(page - 1, "Newer") : ""}</span>
    <span>${hasNext ? link(page + 1, "Older") : ""}</span>
  </p>`;
}
