import { html } from "hono/html";
import { type Html, layout } from "../../../local-service/control/layout.ts";
import type { Instance } from "../../instance.ts";

const deviceTrustForms = ["off", "needs_client_trust", "needs_second_factor"];

export function settingsPage(instance: Instance): Html {
  const { signUp, signIn, clerkJs, sessionToken, webhooks } = instance.settings();
  return layout(
    instance,
    "/settings",
    "Settings",
    html`<h1>Settings</h1>
    <form class="card pad" method="post" action="/settings">
      <label class="check">
        <input type="checkbox" name="verifyEmailCode" ${checkedIf(signUp.verifyEmailCode)}>
        Require an email verification code to sign up
      </label>
      <label class="check">
        <input type="checkbox" name="sessionEvents" ${checkedIf(webhooks.sessionEvents)}>
        Send the ends of sessions in addition to user events
      </label>
      <label class="check">
        <input type="checkbox" name="authenticatorApp" ${checkedIf(signIn.authenticatorApp)}>
        Let users add an authenticator app and backup codes
      </label>
      <div class="fields">
        <label>Webhook URL <input type="url" name="url" value="${webhooks.url}" required></label>
        <label>Multiplier for Svix's retry delays
          <input name="retryDelayScale" inputmode="decimal" value="${webhooks.retryDelayScale}">
        </label>
        <label>Redirect of clerk-js@5
          <select name="clerkJsRedirect">${["relative", "absolute"].map(
            (kind) => html`<option ${kind === clerkJs.redirect ? "selected" : ""}>${kind}</option>`,
          )}</select>
        </label>
        <label>Device Trust: a password from a new browser
          <select name="deviceTrust">${deviceTrustForms.map(
            (form) =>
              html`<option ${form === signIn.deviceTrust ? "selected" : ""}>${form}</option>`,
          )}</select>
        </label>
        <label class="wide">Webhook secrets, one per line; each of them signs
          <textarea name="secrets">${webhooks.secrets.join("\n")}</textarea></label>
        <label class="wide">Session token claims
          <textarea name="claims">${JSON.stringify(sessionToken.claims, null, 2)}</textarea></label>
      </div>
      <div><button class="primary">Save settings</button></div>
    </form>
    <section class="card pad"><h2>Keys</h2><dl>
      <dt>Publishable key</dt><dd><code>${instance.deployment.publishableKey}</code></dd>
      <dt>Secret key</dt><dd><code>${instance.deployment.secretKey}</code></dd>
    </dl><pre>${instance.signingKey.publicPem}</pre></section>
    <form class="card pad" method="post" action="/examples">
      <h2>Example event</h2>
      <p class="muted">Sends <code>user.created</code> about a user who does not exist, like “Send
        example” in Clerk's dashboard.</p>
      <div><button>Send example</button></div>
    </form>
    <form class="card pad" method="post" action="/reset">
      <h2>Reset</h2>
      <p class="muted">Deletes users, sessions, emails and webhooks, and creates the demo accounts
        again. Keeps keys and settings.</p>
      <div><button class="danger">Reset local Clerk</button></div>
    </form>`,
  );
}

function checkedIf(value: boolean): Html | string {
  return value ? html`checked` : "";
}
