import type { Context } from "hono";
import type { Cause } from "../webhooks/publish.ts";
import type { Parameters } from "./parameters.ts";

/** What the middlewares find out about a request. */
type Variables = {
  requestId: string;
  livemode: boolean;
  parameters: Parameters;
  idempotencyKey: string | null;
  /** The response to store for the idempotency key; null stores none. */
  result: Response | null | undefined;
};

export type ApiEnv = { Variables: Variables };
export type ApiContext = Context<ApiEnv>;

/** The request as the cause of an event. */
export function causeOf(c: ApiContext): Cause {
  return { id: c.get("requestId"), idempotencyKey: c.get("idempotencyKey") };
}
