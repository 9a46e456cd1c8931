import { html } from "hono/html";
import { localClerkKeys } from "../../environment.ts";
import type { Instance } from "../../instance.ts";
import { type Html, layout } from "./layout.ts";

export function settingsPage(instance: Instance): Html {
  const { signUp, sessionToken, webhooks } = instance.settings();
  return layout(
    instance,
    "/settings",
    "Settings",
    html`<h1>Settings</h1>
    <form class="card pad" method="post" action="/settings">
      <label class="check">
        <input type="checkbox" name="verifyEmailCode" ${validate(signUp.verifyEmailCode)}>
        Signing up asks for the code sent by e-mail
      </label>
      <label class="check">
        <input type="checkbox" name="sessionEvents" ${validate(webhooks.sessionEvents)}>
        Send session events beside user events
      </label>
      <div class="fields">
        <label>Webhook URL <input type="url" name="url" value="${webhooks.url}" required></label>
        <label>Factor on Svix's retry delays
          <input name="retryDelayScale" inputmode="decimal" value="${webhooks.retryDelayScale}">
        </label>
        <label class="wide">Webhook secrets, one a line; all of them sign
          <textarea name="secrets">${webhooks.secrets.join("\n")}</textarea></label>
        <label class="wide">Claims of the session token
          <textarea name="claims">${JSON.stringify(sessionToken.claims, null, 2)}</textarea></label>
      </div>
      <div><button class="primary">Save settings</button></div>
    </form>
    <section class="card pad"><h2>Keys</h2><dl>
      <dt>Publishable key</dt><dd><code>${localClerkKeys.publishableKey}</code></dd>
      <dt>Secret key</dt><dd><code>${localClerkKeys.secretKey}</code></dd>
    </dl><pre>${instance.signingKey.publicPem}</pre></section>
    <form class="card pad" method="post" action="/reset">
      <h2>Start over</h2>
      <p class="muted">Forgets users, sessions, e-mails and webhooks, and creates the demo accounts
        again. Keys and settings stay.</p>
      <div><button class="danger">Reset the local Clerk</button></div>
    </form>`,
  );
}

function validate(value: boolean): Html | string {
  return value ? html`checked` : "";
}
