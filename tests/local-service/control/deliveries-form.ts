import { html } from "hono/html";
import type { LocalService } from "../service.ts";
import { decimal, number } from "./fields.ts";
import type { Html } from "./layout.ts";

export function deliveriesForm({ chaos, texts }: LocalService): Html {
  const { seed, deliveries } = chaos.settings();
  const { drop, duplicate, delay, badSignature, reorder, concurrency } = deliveries;
  return html`<form class="card pad" method="post" action="/chaos/deliveries">
    <h2>Webhook deliveries</h2>
    <p class="muted">Each setting affects the next messages, then later ones with a probability from
      0 to 1.</p>
    ${fieldGroup("Drop", "Not sent unless you redeliver it.", [odds("drop", drop)])}
    ${fieldGroup("Duplicate", `Sent again with the same ${texts.messageId}.`, [
      odds("duplicate", duplicate),
      number("duplicateCopies", "Extra copies", duplicate.copies),
    ])}
    ${fieldGroup("Delay", "Sent later than newer messages.", [
      odds("delay", delay),
      number("delayMs", "Milliseconds", delay.ms),
      html`<label class="check"><input type="checkbox" name="delayRandom" ${delay.random ? html`checked` : ""}>
        Random, up to this delay</label>`,
    ])}
    ${fieldGroup(
      "Invalid signature",
      "The first attempt has an invalid signature, the retry a valid one.",
      [odds("badSignature", badSignature)],
    )}
    ${fieldGroup("Shuffle", "Collects messages and sends them in random order. 1 is off.", [
      number("reorderSize", "Group size", reorder.size),
      number("reorderHoldMs", "Maximum wait (ms)", reorder.holdMs),
    ])}
    ${fieldGroup("Randomness and concurrency", "The same seed gives the same results.", [
      number("seed", "Seed", seed),
      number("concurrency", "Messages sent in parallel", concurrency),
    ])}
    <div><button class="primary">Save</button>
      <span class="muted">restarts the random sequence</span></div>
  </form>`;
}

function odds(name: string, { next, probability }: { next: number; probability: number }): Html {
  return html`${number(`${name}Next`, "Next messages", next)}
    ${decimal(`${name}Probability`, "Probability after that", probability)}`;
}

function fieldGroup(title: string, text: string, fields: Html[]): Html {
  return html`<fieldset><legend>${title}</legend><p class="muted">${text}</p>
    <div class="fields narrow">${fields}</div></fieldset>`;
}
