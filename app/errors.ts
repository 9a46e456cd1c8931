import type { RejectionReason } from "~/log/log-events";

/** Base of all deliberate errors. Messages are fixed texts for the log, never for clients. */
export abstract class ApplicationError extends Error {}

export class EnvironmentError extends ApplicationError {
  override name = "EnvironmentError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[], readmeSection: string) {
    super(`The settings are invalid (see ${readmeSection}): ${problems.join("; ")}`);
    this.problems = problems;
  }
}

export class MissingEnvironmentError extends ApplicationError {
  override name = "MissingEnvironmentError";
}

export class BadRequestError extends ApplicationError {
  override name = "BadRequestError";
}

export class InvalidSignatureError extends BadRequestError {
  override name = "InvalidSignatureError";
}

export class UnauthorizedError extends ApplicationError {
  override name = "UnauthorizedError";
}

export class ForbiddenError extends ApplicationError {
  override name = "ForbiddenError";
}

/** Not allowed to a person who is signed in as another user. */
export class ImpersonationError extends ForbiddenError {
  override name = "ImpersonationError";
}

/** A session can outlive its account by up to a minute. */
export class AccountDeletedError extends ApplicationError {
  override name = "AccountDeletedError";
}

/** A session can outlive a ban by up to a minute. */
export class AccountBannedError extends ApplicationError {
  override name = "AccountBannedError";
}

export class MethodNotAllowedError extends ApplicationError {
  override name = "MethodNotAllowedError";
}

export class RequestTimeoutError extends ApplicationError {
  override name = "RequestTimeoutError";
}

export class PayloadTooLargeError extends ApplicationError {
  override name = "PayloadTooLargeError";
}

export class TooManyRequestsError extends ApplicationError {
  override name = "TooManyRequestsError";
  /** The fields of a page's form, to show them again. */
  readonly submitted: FormData | undefined;

  constructor(message: string, submitted?: FormData) {
    super(message);
    this.submitted = submitted;
  }
}

/** The period of every limiter in `wrangler.toml`. */
export const rateLimitPeriodSeconds = 60;

/** D1, Clerk or Stripe failed; a retry may succeed. */
export class ServiceUnavailableError extends ApplicationError {
  override name = "ServiceUnavailableError";
}

export class ClerkUnavailableError extends ServiceUnavailableError {
  override name = "ClerkUnavailableError";
  /** From Clerk's `Retry-After` header. */
  retryAfterMs: number | undefined;
}

export class StripeUnavailableError extends ServiceUnavailableError {
  override name = "StripeUnavailableError";
  /** Whether a retry needs another idempotency key. */
  needsNewKey = false;
}

type ErrorClass = abstract new (...parts: never[]) => ApplicationError;

const rejections: readonly (readonly [ErrorClass, number, RejectionReason])[] = [
  [InvalidSignatureError, 400, "bad-signature"],
  [BadRequestError, 400, "bad-request"],
  [UnauthorizedError, 401, "signed-out"],
  [ImpersonationError, 403, "impersonation"],
  [ForbiddenError, 403, "wrong-role"],
  [AccountBannedError, 403, "account-banned"],
  [MethodNotAllowedError, 405, "method-not-allowed"],
  [RequestTimeoutError, 408, "timeout"],
  [AccountDeletedError, 410, "account-deleted"],
  [PayloadTooLargeError, 413, "too-large"],
  [TooManyRequestsError, 429, "rate-limit"],
];

const failures: readonly (readonly [ErrorClass, number])[] = [
  [EnvironmentError, 500],
  [MissingEnvironmentError, 500],
  [ServiceUnavailableError, 503],
];

/** Unknown errors map to 500. */
export function errorStatus(error: unknown): number {
  const known = [...rejections, ...failures];
  return known.find(([errorClass]) => error instanceof errorClass)?.[1] ?? 500;
}

/** Null if the client is not at fault. */
export function rejectionReason(error: unknown): RejectionReason | null {
  return rejections.find(([errorClass]) => error instanceof errorClass)?.[2] ?? null;
}

const explainedReasons = new Set<RejectionReason | null>(["account-banned", "impersonation"]);

/** For a page, whose error page explains some reasons beyond their status. */
export function pageErrorResponse(error: unknown, headers: Record<string, string> = {}): Response {
  const init = { status: errorStatus(error), headers };
  const reason = rejectionReason(error);
  return explainedReasons.has(reason) ? Response.json({ reason }, init) : new Response(null, init);
}

const titles: Record<number, string> = {
  400: "Bad request",
  401: "Sign in required",
  403: "Not allowed",
  404: "Not found",
  405: "Method not allowed",
  408: "Request timeout",
  410: "Account deleted",
  413: "Payload too large",
  429: "Too many requests",
  500: "Internal error",
  503: "Temporarily unavailable",
};

/** The one JSON error format (RFC 9457); never includes the cause. */
export function problemResponse(status: number, headers?: Record<string, string>): Response {
  const problem = JSON.stringify({ type: "about:blank", title: titles[status], status });
  return new Response(problem, {
    status,
    headers: {
      "Content-Type": "application/problem+json",
      "Cache-Control": "no-store",
      ...headers,
    },
  });
}
