type ErrorType = "invalid_request_error" | "idempotency_error" | "api_error";

type Details = {
  code?: string | undefined;
  param?: string | undefined;
  type?: ErrorType;
  /** Whether the endpoint did not run, so that an idempotency key does not store the response. */
  beforeExecution?: boolean;
  headers?: Record<string, string>;
};

/** An error response in Stripe's format. */
export class StripeError extends Error {
  readonly status: 400 | 401 | 403 | 404 | 409 | 429 | 500 | 503 | 504;
  readonly details: Details;

  constructor(status: StripeError["status"], message: string, details: Details = {}) {
    super(message);
    this.status = status;
    this.details = details;
  }

  toJSON(): object {
    const { code, param, type = "invalid_request_error" } = this.details;
    return {
      error: {
        ...(code === undefined
          ? {}
          : { code, doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll("_", "-")}` }),
        message: this.message,
        ...(param === undefined ? {} : { param }),
        type,
      },
    };
  }
}

/** An error in the parameters, found before the endpoint runs. */
export const invalidParameter = (message: string, param: string, code?: string) =>
  new StripeError(400, message, { code, param, beforeExecution: true });

export const resourceMissing = (type: string, id: string, param: string) =>
  new StripeError(404, `No such ${type}: '${id}'`, { code: "resource_missing", param });
