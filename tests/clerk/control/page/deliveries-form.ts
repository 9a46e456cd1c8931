import { html } from "hono/html";
import type { ChaosSettings } from "../../chaos/settings.ts";
import { decimal, number } from "./fields.ts";
import type { Html } from "./layout.ts";

/** The form that disturbs webhooks. Each trouble hits the next few, then some by chance. */
export function deliveriesForm({ seed, deliveries }: ChaosSettings): Html {
  const { drop, duplicate, delay, badSignature, reorder, concurrency } = deliveries;
  return html`<form class="card pad" method="post" action="/chaos/deliveries">
    <h2>Webhooks</h2>
    <p class="muted">Each trouble hits the next few messages, and those after them with a
      probability from 0 to 1.</p>
    ${trouble("Drop", "Lost: never sent, unless you redeliver it.", [odds("drop", drop)])}
    ${trouble("Duplicate", "Sent again under the same svix-id.", [
      odds("duplicate", duplicate),
      number("duplicateCopies", "Extra copies", duplicate.copies),
    ])}
    ${trouble("Delay", "Sent later; others overtake it.", [
      odds("delay", delay),
      number("delayMs", "Milliseconds", delay.ms),
      html`<label class="check"><input type="checkbox" name="delayRandom" ${delay.random ? html`checked` : ""}>
        Any time up to that</label>`,
    ])}
    ${trouble("Spoil the signature", "The first attempt is signed wrongly, the next one rightly.", [
      odds("badSignature", badSignature),
    ])}
    ${trouble("Shuffle", "Collects messages and sends them in another order. 1 is off.", [
      number("reorderSize", "Messages at once", reorder.size),
      number("reorderHoldMs", "Wait for them at most ms", reorder.holdMs),
    ])}
    ${trouble("Choices and sending", "The same seed and the same changes: the same choices.", [
      number("seed", "Seed", seed),
      number("concurrency", "Messages sent at a time", concurrency),
    ])}
    <div><button class="primary">Save</button>
      <span class="muted">starts the choices of the seed anew</span></div>
  </form>`;
}

function odds(name: string, { next, probability }: { next: number; probability: number }): Html {
  return html`${number(`${name}Next`, "Next messages", next)}
    ${decimal(`${name}Probability`, "Probability after those", probability)}`;
}

function trouble(title: string, text: string, fields: Html[]): Html {
  return html`<fieldset><legend>${title}</legend><p class="muted">${text}</p>
    <div class="fields narrow">${fields}</div></fieldset>`;
}
