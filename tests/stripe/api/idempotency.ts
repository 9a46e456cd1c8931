import { createHash } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { z } from "zod";
import { documentTable } from "../../local-service/state/documents.ts";
import type { Instance } from "../instance.ts";
import { StripeError } from "../wire/errors.ts";
import type { ApiContext, ApiEnv } from "./context.ts";

const resultSchema = z.object({
  /** Mode and key. */
  id: z.string(),
  path: z.string(),
  parameters: z.string(),
  at: z.number(),
  requestId: z.string(),
  status: z.number(),
  body: z.string(),
});
type Result = z.infer<typeof resultSchema>;

const results = documentTable<Result>({ table: "idempotent_results", schema: resultSchema });

const lifetimeMs = 24 * 60 * 60 * 1000;
const maxLength = 255;

/**
 * Stripe's rules: the first response to a POST with a key is stored, a 500 too, and replayed for
 * 24 hours. Other parameters or another endpoint are refused, and so is a request while the first
 * is in progress. Errors found before the endpoint runs are not stored.
 */
export function idempotency(instance: Instance): MiddlewareHandler<ApiEnv> {
  const inProgress = new Set<string>();
  return async (c, next) => {
    const key = c.req.method === "POST" ? (c.req.header("idempotency-key") ?? null) : null;
    c.set("idempotencyKey", key);
    if (key === null) return next();
    assertValidKey(key);
    const id = `${c.get("livemode") ? "live" : "test"} ${key}`;
    if (inProgress.has(id)) throw keyInUse(key);
    const stored = findStored(instance, id);
    if (stored !== undefined) return replay(c, key, stored);
    inProgress.add(id);
    try {
      await next();
      await store(instance, c, id);
    } finally {
      inProgress.delete(id);
    }
    c.res.headers.set("idempotency-key", key);
    c.res.headers.set("original-request", c.get("requestId"));
  };
}

function findStored({ db, clock }: Instance, id: string): Result | undefined {
  const stored = results.find(db, id);
  return stored === undefined || stored.at + lifetimeMs <= clock.now() ? undefined : stored;
}

async function store({ db, clock }: Instance, c: ApiContext, id: string): Promise<void> {
  const { error } = c;
  if (error instanceof StripeError && error.details.beforeExecution) return;
  const stored = c.get("result");
  if (stored === null) return;
  const result = stored ?? c.res;
  results.save(db, {
    id,
    path: c.req.path,
    parameters: fingerprint(c),
    at: clock.now(),
    requestId: c.get("requestId"),
    status: result.status,
    body: await result.clone().text(),
  });
}

function replay(c: ApiContext, key: string, stored: Result): Response {
  if (stored.path !== c.req.path) throw otherEndpoint(key, stored.path);
  if (stored.parameters !== fingerprint(c)) throw otherParameters(key);
  return new Response(stored.body, {
    status: stored.status,
    headers: {
      "content-type": "application/json",
      "idempotency-key": key,
      "idempotent-replayed": "true",
      "original-request": stored.requestId,
    },
  });
}

function fingerprint(c: ApiContext): string {
  return createHash("sha256")
    .update(canonical(c.get("parameters")))
    .digest("hex");
}

/** The same text for the same parameters in any order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical)}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, item]) => `${JSON.stringify(name)}:${canonical(item)}`)}}`;
}

function assertValidKey(key: string): void {
  if (key.length <= maxLength) return;
  const message = `Idempotency keys can have up to ${maxLength} characters.`;
  throw new StripeError(400, message, { type: "idempotency_error", beforeExecution: true });
}

const tryAnother = (key: string) =>
  `Try using a key other than '${key}' if you meant to execute a different request.`;

const otherParameters = (key: string) =>
  new StripeError(
    400,
    `Keys for idempotent requests can only be used with the same parameters they were first used with. ${tryAnother(key)}`,
    { type: "idempotency_error" },
  );

const otherEndpoint = (key: string, path: string) =>
  new StripeError(
    400,
    `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${path}'). ${tryAnother(key)}`,
    { type: "idempotency_error" },
  );

const keyInUse = (key: string) =>
  new StripeError(
    409,
    `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
    { type: "idempotency_error", code: "idempotency_key_in_use" },
  );
