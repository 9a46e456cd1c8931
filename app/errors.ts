import type { RejectionReason } from "~/log/log-events";

/**
 * The base of every error this application throws on purpose. Its message is for the log, never for a client: a fixed text,
 * without values from requests, D1 or Clerk.
 */
export abstract class ApplicationError extends Error {}

/** The worker's settings are missing or wrong; nothing can be served. */
export class EnvironmentError extends ApplicationError {
  override name = "EnvironmentError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[], readmeSection: string) {
    super(`The environment is not usable (see ${readmeSection}): ${problems.join("; ")}`);
    this.problems = problems;
  }
}

/** Nobody has configured this worker yet. */
export class MissingEnvironmentError extends ApplicationError {
  override name = "MissingEnvironmentError";
}

/** What the client sent cannot be understood or verified. */
export class BadRequestError extends ApplicationError {
  override name = "BadRequestError";
}

/** A webhook is not signed with our secret. */
export class InvalidSignatureError extends BadRequestError {
  override name = "InvalidSignatureError";
}

/** Nobody is signed in, or the session could not be verified. */
export class UnauthorizedError extends ApplicationError {
  override name = "UnauthorizedError";
}

/** The person is known and may not do this. */
export class ForbiddenError extends ApplicationError {
  override name = "ForbiddenError";
}

/** The account was deleted; its session may live on for up to a minute. */
export class AccountDeletedError extends ApplicationError {
  override name = "AccountDeletedError";
}

/** The route has no handler for this method. */
export class MethodNotAllowedError extends ApplicationError {
  override name = "MethodNotAllowedError";
}

/** The body of the request did not come in time. */
export class RequestTimeoutError extends ApplicationError {
  override name = "RequestTimeoutError";
}

/** The body is larger than this route takes. */
export class PayloadTooLargeError extends ApplicationError {
  override name = "PayloadTooLargeError";
}

/** One person asks too often. */
export class TooManyRequestsError extends ApplicationError {
  override name = "TooManyRequestsError";
  /** After how long it is worth asking again. */
  retryAfterSeconds = 60;
}

/** D1 or Clerk did not answer; the same request may succeed later. */
export class ServiceUnavailableError extends ApplicationError {
  override name = "ServiceUnavailableError";
}

/** Clerk did not answer, or refused for now. */
export class ClerkUnavailableError extends ServiceUnavailableError {
  override name = "ClerkUnavailableError";
  /** How long Clerk asks us to wait, in milliseconds; undefined where it does not say. */
  retryAfterMs: number | undefined;
}

type ErrorClass = abstract new (...parts: never[]) => ApplicationError;

const rejections: readonly (readonly [ErrorClass, number, RejectionReason])[] = [
  [InvalidSignatureError, 400, "bad-signature"],
  [BadRequestError, 400, "bad-request"],
  [UnauthorizedError, 401, "signed-out"],
  [ForbiddenError, 403, "wrong-role"],
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

/** The HTTP status of anything thrown; what is not ours is a 500. */
export function errorStatus(error: unknown): number {
  const known = [...rejections, ...failures];
  return known.find(([errorClass]) => error instanceof errorClass)?.[1] ?? 500;
}

/** Why a request was rejected; null if the fault is ours. */
export function rejectionReason(error: unknown): RejectionReason | null {
  return rejections.find(([errorClass]) => error instanceof errorClass)?.[2] ?? null;
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

/** A problem document: the one shape of every JSON error (RFC 9457). Tells the status, never the cause. */
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
