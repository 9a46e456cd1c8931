import type { ServiceTexts } from "../local-service/service.ts";
import { localStripeKeys } from "./environment.ts";

/** Names and texts of the control page. */
export const texts: ServiceTexts = {
  company: "Stripe",
  api: "API",
  views: [
    ["/", "Sessions"],
    ["/payments", "Payments"],
    ["/events", "Events"],
    ["/chaos", "Chaos"],
    ["/settings", "Settings"],
  ],
  messagesPath: "/events",
  noMessages: "No events yet. Creating, paying or expiring a session sends some.",
  messageId: "Event ID",
  subjectPath: (id) => `/objects/${id}`,
  rateLimits: {
    sandbox: "Sandbox: 25 requests per second",
    live: "Live mode: 100 requests per second",
  },
  rateLimitNote: "Requests over the limit get 429, without Retry-After.",
  defaultSecret: localStripeKeys.webhookSecret,
};
