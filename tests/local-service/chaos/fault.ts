import { z } from "zod";

export const faultKinds = [
  "rate_limited",
  "internal_error",
  "unavailable",
  "cut_connection",
  "slow_answer",
] as const;

/** A fault of the API, which has these routes. */
export const faultSchemaFor = (routes: readonly string[]) =>
  z
    .strictObject({
      /** A name of a route, or `any`. */
      route: z.enum(["any", ...routes]).default("any"),
      kind: z.enum(faultKinds),
      /** Whether the request takes effect before its response is lost. */
      acts: z.boolean().default(false),
      /** Number of requests that fail; defaults to 1 if `probability` is 0. */
      next: z.number().int().min(0).max(1_000_000).optional(),
      probability: z.number().min(0).max(1).default(0),
      /** `Retry-After` of a 429. */
      retryAfterSeconds: z.number().int().min(0).max(86_400).default(1),
      /** Delay of a slow response: the real one if `acts`, else 504. */
      delayMs: z.number().int().min(0).max(600_000).default(10_000),
    })
    .transform(({ next, ...fault }) => ({
      ...fault,
      next: next ?? (fault.probability > 0 ? 0 : 1),
    }))
    .refine((fault) => fault.kind !== "rate_limited" || !fault.acts, {
      path: ["acts"],
      message: "a rate-limited request never acts",
    });
export type Fault = z.output<ReturnType<typeof faultSchemaFor>>;
export type FaultInput = z.input<ReturnType<typeof faultSchemaFor>>;
