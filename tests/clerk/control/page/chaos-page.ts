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
      <p class="muted">Simulate failures of Clerk and of webhook delivery. Everything is off by default.</p>
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
    <h2>Backend API faults</h2>
    <p class="muted">Errors that the app gets from Clerk. The first matching fault applies.</p>
    ${faults.length === 0 ? "" : html`<ul>${faults.map((fault) => html`<li>${faultLabel(fault)}</li>`)}</ul>`}
    <div class="fields">
      <label>Route ${select("route", ["any", ...backendRouteNames])}</label>
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

function limitsForm(instance: Instance): Html {
  const current = instance.chaos.settings().backendApi.rateLimits;
  const options = {
    off: "Not enforced",
    development: "Development instance: 100 requests per 10 s",
    production: "Production instance: 1,000 requests per 10 s",
  };
  return html`<form class="card pad" method="post" action="/chaos/rate-limits">
    <h2>Rate limits</h2>
    <p class="muted">Both also limit updates of one user to 10 per 10 s. Requests over the limit get
      429 with Retry-After. <code>/jwks</code> is not limited.</p>
    <div class="fields"><label>Enforce
      <select name="rateLimits">${Object.entries(options).map(
        ([value, text]) =>
          html`<option value="${value}" ${value === current ? html`selected` : ""}>${text}</option>`,
      )}</select></label></div>
    <div><button class="primary">Save rate limits</button></div>
  </form>`;
}

function clockForm(instance: Instance): Html {
  const { clockOffsetMs } = instance.chaos.settings();
  return html`<form class="card pad" method="post" action="/chaos/clock">
    <h2>Clerk's clock</h2>
    <p class="muted">Used for tokens and webhooks. Current time at Clerk: ${time(instance.clock.now())}.</p>
    <div class="fields">
      <label>Offset from the system clock (ms; negative is behind)
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
    <p class="muted">The new secret signs first. Previous secrets keep signing during the grace period.
      Give the app the new secret before it ends.</p>
    <ul>${signing.map(
      (secret) => html`<li><code>${secret}</code>
        ${webhooks.secrets.includes(secret) ? "" : html`<span class="muted">signs until ${time(until.get(secret) ?? null)}</span>`}</li>`,
    )}</ul>
    <div class="fields">
      <label>New secret (leave empty for a random one)
        <input name="secret" list="known-secrets" autocomplete="off">
        <datalist id="known-secrets"><option value="${localClerkKeys.webhookSecret}">the app's default secret</option></datalist>
      </label>
      ${number("graceMs", "Grace period (ms)", 60_000)}
    </div>
    <div><button class="primary">Rotate secret</button></div>
  </form>`;
}

function manyUsersForm(): Html {
  return html`<form class="card pad" method="post" action="/chaos/many-users">
    <h2>Create many users</h2>
    <p class="muted">100,000 users take a few seconds. A prefix can be used only once.</p>
    <div class="fields">
      ${number("count", "Number of users", 1000)}
      <label>Email address prefix <input name="prefix" value="many-" required></label>
    </div>
    <label class="check"><input type="checkbox" name="webhooks">
      Send a webhook for each user</label>
    <div><button class="primary">Create users</button></div>
  </form>`;
}

function select(name: string, values: string[]): Html {
  return html`<select name="${name}">${values.map((value) => html`<option>${value}</option>`)}</select>`;
}
