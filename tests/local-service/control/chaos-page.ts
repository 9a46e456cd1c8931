import { html } from "hono/html";
import { faultKinds } from "../chaos/fault.ts";
import type { LocalService } from "../service.ts";
import { signingSecrets } from "../webhooks/secrets.ts";
import { faultLabel, kindLabels } from "./chaos-labels.ts";
import { deliveriesForm } from "./deliveries-form.ts";
import { decimal, number } from "./fields.ts";
import { type Html, layout, time } from "./layout.ts";

/** `more` are forms of this service only. */
export function chaosPage(service: LocalService, more: Html | string): Html {
  const { company } = service.texts;
  return layout(
    service,
    "/chaos",
    "Chaos",
    html`<div class="head">
      <h1>Chaos</h1>
      <p class="muted">Simulate failures of ${company} and of webhook delivery. Everything is off by default.</p>
    </div>
    ${deliveriesForm(service)}
    ${faultsCard(service)}
    ${limitsForm(service)}
    ${clockForm(service)}
    ${rotationForm(service)}
    ${more}`,
  );
}

function faultsCard({ chaos, texts }: LocalService): Html {
  const { faults } = chaos.settings().api;
  return html`<form class="card pad" method="post" action="/chaos/faults">
    <h2>${texts.api} faults</h2>
    <p class="muted">Errors that the app gets from ${texts.company}. The first matching fault applies.</p>
    ${faults.length === 0 ? "" : html`<ul>${faults.map((fault) => html`<li>${faultLabel(fault)}</li>`)}</ul>`}
    <div class="fields">
      <label>Route ${select("route", ["any", ...chaos.schemas.routes])}</label>
      <label>Fault
        <select name="kind">${faultKinds.map(
          (kind) => html`<option value="${kind}">${kindLabels[kind]}</option>`,
        )}</select></label>
      <label>Does the request take effect?
        <select name="acts">
          <option value="no">No, it fails before it takes effect</option>
          <option value="yes">Yes, but its response is lost</option>
        </select></label>
      ${number("next", "Number of requests", 1)}
      ${decimal("probability", "Probability after that", 0)}
      ${number("retryAfterSeconds", "Retry-After of a 429 (seconds)", 1)}
      ${number("delayMs", "Delay of a slow response (ms)", 10_000)}
    </div>
    <div class="inline"><button class="primary">Add fault</button>
      ${faults.length === 0 ? "" : html`<button formaction="/chaos/faults/clear">Remove all faults</button>`}</div>
  </form>`;
}

function limitsForm({ chaos, texts }: LocalService): Html {
  const current = chaos.settings().api.rateLimits;
  const options = { off: "Not enforced", ...texts.rateLimits };
  return html`<form class="card pad" method="post" action="/chaos/rate-limits">
    <h2>Rate limits</h2>
    <p class="muted">${texts.rateLimitNote}</p>
    <div class="fields"><label>Enforce
      <select name="rateLimits">${Object.entries(options).map(
        ([value, text]) =>
          html`<option value="${value}" ${value === current ? html`selected` : ""}>${text}</option>`,
      )}</select></label></div>
    <div><button class="primary">Save rate limits</button></div>
  </form>`;
}

function clockForm({ chaos, clock, texts }: LocalService): Html {
  const { clockOffsetMs } = chaos.settings();
  return html`<form class="card pad" method="post" action="/chaos/clock">
    <h2>${texts.company}'s clock</h2>
    <p class="muted">Current time at ${texts.company}: ${time(clock.now())}.</p>
    <div class="fields">
      <label>Offset from the system clock (ms; negative is behind)
        <input name="clockOffsetMs" inputmode="numeric" value="${clockOffsetMs}"></label>
    </div>
    <div><button class="primary">Set clock</button></div>
  </form>`;
}

function rotationForm(service: LocalService): Html {
  const { webhooks } = service.settings();
  const signing = signingSecrets(webhooks, service.clock.now());
  const until = new Map(webhooks.retiringSecrets.map((old) => [old.secret, old.until]));
  return html`<form class="card pad" method="post" action="/chaos/rotate-secret">
    <h2>Webhook secret</h2>
    <p class="muted">The new secret signs first. Previous secrets keep signing during the grace period.
      Give the app the new secret before it ends.</p>
    <ul>${signing.map(
      (secret) => html`<li><code>${secret}</code>
        ${webhooks.secrets.includes(secret) ? "" : html`<span class="muted">signs until ${time(until.get(secret) ?? null)}</span>`}</li>`,
    )}</ul>
    <div class="fields">
      <label>New secret (leave empty for a random one)
        <input name="secret" list="known-secrets" autocomplete="off">
        <datalist id="known-secrets"><option value="${service.texts.defaultSecret}">the app's default secret</option></datalist>
      </label>
      ${number("graceMs", "Grace period (ms)", 60_000)}
    </div>
    <div><button class="primary">Rotate secret</button></div>
  </form>`;
}

function select(name: string, values: string[]): Html {
  return html`<select name="${name}">${values.map((value) => html`<option>${value}</option>`)}</select>`;
}
