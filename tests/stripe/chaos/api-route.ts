import type { Permission } from "../api/permissions.ts";

type Route = { request: string; permission: Permission };

/** API routes under `/v1`, by fault name; `*` matches one id. */
const apiRoutes = {
  "checkout_sessions.create": {
    request: "POST /checkout/sessions",
    permission: "checkout_session_write",
  },
  "checkout_sessions.list": {
    request: "GET /checkout/sessions",
    permission: "checkout_session_read",
  },
  "checkout_sessions.retrieve": {
    request: "GET /checkout/sessions/*",
    permission: "checkout_session_read",
  },
  "checkout_sessions.expire": {
    request: "POST /checkout/sessions/*/expire",
    permission: "checkout_session_write",
  },
  "checkout_sessions.line_items": {
    request: "GET /checkout/sessions/*/line_items",
    permission: "checkout_session_read",
  },
  "payment_intents.list": { request: "GET /payment_intents", permission: "payment_intent_read" },
  "payment_intents.retrieve": {
    request: "GET /payment_intents/*",
    permission: "payment_intent_read",
  },
  "charges.list": { request: "GET /charges", permission: "charge_read" },
  "charges.retrieve": { request: "GET /charges/*", permission: "charge_read" },
  "refunds.create": { request: "POST /refunds", permission: "charge_write" },
  "refunds.list": { request: "GET /refunds", permission: "charge_read" },
  "refunds.retrieve": { request: "GET /refunds/*", permission: "charge_read" },
  "disputes.list": { request: "GET /disputes", permission: "dispute_read" },
  "disputes.retrieve": { request: "GET /disputes/*", permission: "dispute_read" },
  "events.list": { request: "GET /events", permission: "event_read" },
  "events.retrieve": { request: "GET /events/*", permission: "event_read" },
} satisfies Record<string, Route>;

export const apiRouteNames = Object.keys(apiRoutes);

const patterns = Object.entries(apiRoutes).map(([name, { request, permission }]) => {
  const source = request.replaceAll("*", "[^/]+");
  return { name, permission, pattern: new RegExp(`^${source}$`) };
});

/** The matching route, or undefined. `path` is relative to `/v1`. */
export function findApiRoute(method: string, path: string) {
  return patterns.find(({ pattern }) => pattern.test(`${method} ${path}`));
}
