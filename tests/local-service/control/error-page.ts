import { html } from "hono/html";
import type { LocalService } from "../service.ts";
import { type Html, layout } from "./layout.ts";

type ErrorText = { message: string; field?: string | undefined };

export function errorPage(service: LocalService, { message, field }: ErrorText): Html {
  const prefix = field === undefined ? "" : `${field}: `;
  const content = html`<p class="notice" role="alert">${prefix}${message}</p>
    <p><a href="/">Back to the start page</a></p>`;
  return layout(service, "/", "Error", content);
}
