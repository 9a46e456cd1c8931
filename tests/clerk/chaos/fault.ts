import { z } from "zod";
import { backendRouteNames } from "./backend-route.ts";

/** What a caller of the Backend API sees instead of the answer. */
export const faultKinds = [
  "rate_limited",
  "internal_error",
  "unavailable",
  "cut_connection",
  "slow_answer",
] as const;

/** One way in which the Backend API fails. Fields that are left out have their defaults. */
export const faultSchema = z
  .strictObject({
    /** `any`, or the one route that fails. */
    route: z.enum(["any", ...backendRouteNames]).default("any"),
    kind: z.enum(faultKinds),
    /** Whether the request takes effect all the same: it acts, and then its answer is lost. */
    acts: z.boolean().default(false),
    /** One by default, unless there is a probability. */
    next: z.number().int().min(0).max(1_000_000).optional(),
    probability: z.number().min(0).max(1).default(0),
    /** Of a 429. */
    retryAfterSeconds: z.number().int().min(0).max(86_400).default(1),
    /** How late a slow answer comes: the real one if it acts, else 504. */
    delayMs: z.number().int().min(0).max(600_000).default(10_000),
  })
  .transform(({ next, ...fault }) => ({ ...fault, next: next ?? (fault.probability > 0 ? 0 : 1) }))
  .refine((fault) => fault.kind !== "rate_limited" || !fault.acts, {
    path: ["acts"],
    message: "a request that is refused with 429 never acts",
  });
export type Fault = z.output<typeof faultSchema>;
export type FaultInput = z.input<typeof faultSchema>;
