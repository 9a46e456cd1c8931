import type { StripeError } from "../wire/errors.ts";
import { formatJson } from "../wire/event-json.ts";

const contentType = { "content-type": "application/json" };

export function jsonResponse(value: object): Response {
  return new Response(formatJson(value), { headers: contentType });
}

export function errorResponse(error: StripeError): Response {
  const { status, details } = error;
  const headers = { ...contentType, ...details.headers };
  return new Response(formatJson(error.toJSON()), { status, headers });
}
