import { Webhook } from "svix";
import type { Protocol } from "../../local-service/webhooks/sender.ts";
import { retryDelay } from "./schedule.ts";

/** Svix's headers, timeout and retry delays. */
export const svix: Protocol = {
  timeoutMs: 15_000,
  retryDelay: (_message, failures, scale) => retryDelay(failures, scale),
  headers(message, signed, secrets, at) {
    const signatures = secrets.map((secret) => new Webhook(secret).sign(message.id, at, signed));
    return {
      "content-type": "application/json",
      "user-agent": "Svix-Webhooks/1 (local Clerk)",
      "svix-id": message.id,
      "svix-timestamp": Math.floor(at.getTime() / 1000).toString(),
      "svix-signature": signatures.join(" "),
    };
  },
};
