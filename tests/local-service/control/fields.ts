import { html } from "hono/html";
import type { Html } from "./layout.ts";

/** An input for a non-negative integer. */
export function number(name: string, label: string, value: number): Html {
  return html`<label>${label}
    <input type="number" name="${name}" min="0" value="${value}" required></label>`;
}

/** An input for a probability. */
export function decimal(name: string, label: string, value: number): Html {
  return html`<label>${label}
    <input type="number" name="${name}" min="0" max="1" step="any" value="${value}" required></label>`;
}
