import { html } from "hono/html";
import { backendRouteNames } from "../../chaos/backend-route.ts";
import { faultKinds } from "../../chaos/fault.ts";
import { localClerkKeys } from "../../environment.ts";
import type { Instance } from "../../instance.ts";
import { signingSecrets } from "../../webhooks/secrets.ts";
import { faultLabel, kindLabels } from "./chaos-labels.ts";
import { deliveriesForm } from "./deliveries-form.ts";
import { decimal, number } from "./fields.ts";
import { type Html, layout, time } from "./layout.ts";

export function chaosPage(instance: Instance): Html {
  return layout(
    instance,
    "/chaos",
    "Chaos",
    html`<div class="head">
      <h1>Chaos</h1>
      <p class="muted">What goes wrong in real life, on purpose. All of it is off until you set it.</p>
    </div>
    ${deliveriesForm(instance.chaos.settings())}
    ${faultsCard(instance)}
    ${limitsForm(instance)}
    ${clockForm(instance)}
    ${rotationForm(instance)}
    ${manyUsersForm()}`,
  );
}

function faultsCard(instance: Instance): Html {
  const { faults } = instance.chaos.settings().backendApi;
  return html`<form class="card pad" method="post" action="/chaos/faults">
    <h2>Faults of the Backend API</h2>
    <p class="muted">What the app sees when it asks Clerk. The first fault that fits happens.</p>
    ${faults.length === 0 ? "" : html`<ul>${faults.map((fault) => html`<li>${faultLabel(fault)}</li>`)}</ul>`}
    <div class="fields">
      <label>Route ${select("route", ["any", ...backendRouteNames])}</label>
      <label>What happens
        <select name="kind">${faultKinds.map(
          (kind) => html`<option value="${kind}">${kindLabels[kind]}</option>`,
        )}</select></label>
      <label>Does the request take effect?
        <select name="acts">
          <option value="no">No: it fails before it acts</option>
          <option value="yes">Yes: it acts, then the answer is lost</option>
        </select></label>
      ${number("next", "Next requests", 1)}
      ${decimal("probability", "Probability after those", 0)}
      ${number("retryAfterSeconds", "Retry-After of a 429, in seconds", 1)}
      ${number("delayMs", "Delay of a slow answer, in ms", 10_000)}
    </div>
    <div class="inline"><button class="primary">Add fault</button>
      ${faults.length === 0 ? "" : html`<button formaction="/chaos/faults/clear">Remove all faults</button>`}</div>
  </form>`;
}

function limitsForm(instance: Instance): Html {
  const current = instance.chaos.settings().backendApi.rateLimits;
  const texts = {
    off: "Not enforced",
    development: "Development instance: 100 requests in 10 s",
    production: "Production instance: 1,000 requests in 10 s",
  };
  return html`<form class="card pad" method="post" action="/chaos/rate-limits">
    <h2>Clerk's rate limits</h2>
    <p class="muted">With either, 10 changes of one user in 10 s, too. What is beyond gets 429 and
      Retry-After; fetching the keys (<code>/jwks</code>) is never limited.</p>
    <div class="fields"><label>Limits
      <select name="rateLimits">${Object.entries(texts).map(
        ([value, text]) =>
          html`<option value="${value}" ${value === current ? html`selected` : ""}>${text}</option>`,
      )}</select></label></div>
    <div><button class="primary">Save limits</button></div>
  </form>`;
}

function clockForm(instance: Instance): Html {
  const { clockOffsetMs } = instance.chaos.settings();
  return html`<form class="card pad" method="post" action="/chaos/clock">
    <h2>Clerk's clock</h2>
    <p class="muted">Stamps tokens and webhooks. At Clerk it is now ${time(instance.clock.now())}.</p>
    <div class="fields">
      <label>Ahead of this machine by ms (below 0: behind)
        <input name="clockOffsetMs" inputmode="numeric" value="${clockOffsetMs}"></label>
    </div>
    <div><button class="primary">Set clock</button></div>
  </form>`;
}

function rotationForm(instance: Instance): Html {
  const { webhooks } = instance.settings();
  const signing = signingSecrets(webhooks, instance.clock.now());
  const until = new Map(webhooks.retiringSecrets.map((old) => [old.secret, old.until]));
  return html`<form class="card pad" method="post" action="/chaos/rotate-secret">
    <h2>Webhook secret</h2>
    <p class="muted">A new secret signs first. The former ones go on beside it for as long as you
      say; then only the new one signs. Give it to the app before that.</p>
    <ul>${signing.map(
      (secret) => html`<li><code>${secret}</code>
        ${webhooks.secrets.includes(secret) ? "" : html`<span class="muted">signs until ${time(until.get(secret) ?? null)}</span>`}</li>`,
    )}</ul>
    <div class="fields">
      <label>New secret (empty: a random one)
        <input name="secret" list="known-secrets" autocomplete="off">
        <datalist id="known-secrets"><option value="${localClerkKeys.webhookSecret}">the one the app was given</option></datalist>
      </label>
      ${number("graceMs", "Former ones go on signing for ms", 60_000)}
    </div>
    <div><button class="primary">Rotate secret</button></div>
  </form>`;
}

function manyUsersForm(): Html {
  return html`<form class="card pad" method="post" action="/chaos/many-users">
    <h2>Many users at once</h2>
    <p class="muted">100,000 take a few seconds. A prefix can be used once.</p>
    <div class="fields">
      ${number("count", "How many", 1000)}
      <label>Prefix of their e-mail addresses <input name="prefix" value="many-" required></label>
    </div>
    <label class="check"><input type="checkbox" name="webhooks">
      Send a webhook for each of them</label>
    <div><button class="primary">Create users</button></div>
  </form>`;
}

function select(name: string, values: string[]): Html {
  return html`<select name="${name}">${values.map((value) => html`<option>${value}</option>`)}</select>`;
}
