import { createHmac } from "node:crypto";
import { z } from "zod";
import type { Message } from "../../local-service/webhooks/messages.ts";
import type { Protocol } from "../../local-service/webhooks/sender.ts";
import { retryDelay } from "./schedule.ts";

const payloadSchema = z.object({ livemode: z.boolean() });

const isLive = ({ payload }: Message) => payloadSchema.parse(JSON.parse(payload)).livemode;

/** Stripe's headers, timeout and retry delays. */
export const stripeProtocol: Protocol = {
  timeoutMs: 10_000,
  retryDelay: (message, failures, scale) => retryDelay(isLive(message), failures, scale),
  headers(message, signed, secrets, at) {
    const timestamp = Math.floor(at.getTime() / 1000);
    const sign = (secret: string) =>
      createHmac("sha256", secret).update(`${timestamp}.${signed}`).digest("hex");
    const signatures = secrets.map((secret) => `v1=${sign(secret)}`);
    // Test mode adds a fake signature of another scheme, which must be ignored.
    const fake = isLive(message) ? [] : [`v0=${sign("not the secret")}`];
    return {
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-cache",
      "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
      accept: "*/*; q=0.5, application/xml",
      "stripe-signature": [`t=${timestamp}`, ...signatures, ...fake].join(","),
    };
  },
};
