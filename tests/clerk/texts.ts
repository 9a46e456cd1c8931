import type { ServiceTexts } from "../local-service/service.ts";
import { localClerkKeys } from "./environment.ts";

/** Names and texts of the control page. */
export const texts: ServiceTexts = {
  company: "Clerk",
  api: "Backend API",
  views: [
    ["/", "Users"],
    ["/sessions", "Sessions"],
    ["/emails", "Emails"],
    ["/webhooks", "Webhooks"],
    ["/chaos", "Chaos"],
    ["/settings", "Settings"],
  ],
  messagesPath: "/webhooks",
  noMessages: "No webhooks yet. Every change to a user sends one.",
  messageId: "svix-id",
  subjectPath: (id) => `/users/${id}`,
  rateLimits: {
    development: "Development instance: 100 requests per 10 s",
    production: "Production instance: 1,000 requests per 10 s",
  },
  rateLimitNote:
    "Both also limit updates of one user to 10 per 10 s. Requests over the limit get 429 with Retry-After. /jwks is not limited.",
  defaultSecret: localClerkKeys.webhookSecret,
};
