import { html } from "hono/html";
import { z } from "zod";
import { type Html, layout } from "../../../local-service/control/layout.ts";
import { localStripeKeys } from "../../environment.ts";
import type { Instance } from "../../instance.ts";

const words = z.string().transform((text) => text.split(/\s+/).filter(Boolean));

/** The result is input for `settingsPatchSchema`. */
export const settingsForm = z
  .object({
    url: z.string(),
    retryDelayScale: z.coerce.number(),
    secrets: words,
    enabledEvents: words,
    settleAfterMs: z.string().trim(),
    refundsSettleAfterMs: z.string().trim(),
    taxPercent: z.coerce.number(),
  })
  .transform(({ settleAfterMs, refundsSettleAfterMs, taxPercent, ...webhooks }) => ({
    webhooks,
    bankDebits: { settleAfterMs: milliseconds(settleAfterMs) },
    refunds: { settleAfterMs: milliseconds(refundsSettleAfterMs) },
    tax: { percent: taxPercent },
  }));

const milliseconds = (text: string) => (text === "" ? null : Number(text));

export function settingsPage(instance: Instance): Html {
  const { webhooks, bankDebits, refunds, tax, apiVersion, restrictedKeys } = instance.settings();
  return layout(
    instance,
    "/settings",
    "Settings",
    html`<h1>Settings</h1>
    <form class="card pad" method="post" action="/settings">
      <div class="fields">
        <label>Webhook URL <input type="url" name="url" value="${webhooks.url}" required></label>
        <label>Multiplier for Stripe's retry delays
          <input name="retryDelayScale" inputmode="decimal" value="${webhooks.retryDelayScale}">
        </label>
        <label>Milliseconds until a bank debit is settled (empty: by hand)
          <input name="settleAfterMs" inputmode="numeric" value="${bankDebits.settleAfterMs ?? ""}">
        </label>
        <label>Milliseconds until the bank answers a refund (empty: by hand)
          <input name="refundsSettleAfterMs" inputmode="numeric"
            value="${refunds.settleAfterMs ?? ""}">
        </label>
        <label>Percentage of automatic tax
          <input name="taxPercent" inputmode="decimal" value="${tax.percent}"></label>
        <label class="wide">Webhook secrets, one per line; each of them signs
          <textarea name="secrets">${webhooks.secrets.join("\n")}</textarea></label>
        <label class="wide">Event types that the endpoint receives, one per line; * is all of them
          <textarea name="enabledEvents">${webhooks.enabledEvents.join("\n")}</textarea></label>
      </div>
      <div><button class="primary">Save settings</button></div>
    </form>
    <section class="card pad"><h2>Keys</h2><dl>
      <dt>Secret key</dt><dd><code>${localStripeKeys.secretKey}</code></dd>
      ${restrictedKeys.map(
        ({ key, permissions }) =>
          html`<dt><code>${key}</code></dt><dd>${permissions.join(", ")}</dd>`,
      )}
      <dt>API version</dt><dd>${apiVersion}</dd>
    </dl></section>
    <form class="card pad" method="post" action="/reset">
      <h2>Reset</h2>
      <p class="muted">Deletes sessions, payments and events. Keeps settings.</p>
      <div><button class="danger">Reset local Stripe</button></div>
    </form>`,
  );
}
