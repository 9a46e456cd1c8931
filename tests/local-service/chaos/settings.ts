import { z } from "zod";
import { faultSchemaFor } from "./fault.ts";

/** Affects the next `next` messages, then each later one with this probability. */
const odds = {
  next: z.number().int().min(0),
  probability: z.number().min(0).max(1),
};

const deliveriesShape = {
  /** Recorded as dropped; sent only if redelivered by hand. */
  drop: z.strictObject(odds),
  /** Sent `copies` more times with the same id; in parallel if `concurrency` is above 1. */
  duplicate: z.strictObject({ ...odds, copies: z.number().int().min(1).max(20) }),
  /** Sent `ms` later, or with `random` after up to `ms`. */
  delay: z.strictObject({
    ...odds,
    ms: z.number().int().min(0).max(86_400_000),
    random: z.boolean(),
  }),
  /** The first attempt has an invalid signature, the retry a valid one. */
  badSignature: z.strictObject(odds),
  /** Shuffles groups of `size` due messages; waits up to `holdMs` for a group. 1 is off. */
  reorder: z.strictObject({
    size: z.number().int().min(1).max(500),
    holdMs: z.number().int().min(0).max(60_000),
  }),
  /** Messages sent in parallel. */
  concurrency: z.number().int().min(1).max(50),
};

/** What differs between services. */
export type ApiDescription = {
  /** Names of the API's routes, for faults. */
  routes: readonly string[];
  /** Names of the rate limits that can be enforced, besides `off`. */
  rateLimits: readonly string[];
};

/** The chaos settings of a service with this API. */
export function chaosSchemas({ routes, rateLimits }: ApiDescription) {
  const fault = faultSchemaFor(routes);
  const settings = z.strictObject({
    /** The same seed and the same changes give the same choices. Setting it restarts them. */
    seed: z.number().int().min(0),
    /** Offset of the service's clock from the system clock, in milliseconds. */
    clockOffsetMs: z.number().int().min(-3_155_760_000_000).max(3_155_760_000_000),
    deliveries: z.strictObject(deliveriesShape),
    api: z.strictObject({
      /** The first fault that applies to a request wins. */
      faults: z.array(fault).max(100),
      /** Enforces the service's documented limits of this kind. */
      rateLimits: z.enum(["off", ...rateLimits]),
    }),
  });
  /** A deep partial of the settings. A list of faults replaces the current list. */
  const patch = z.strictObject({
    ...settings.pick({ seed: true, clockOffsetMs: true }).partial().shape,
    deliveries: deliveriesPatchSchema.optional(),
    api: settings.shape.api.partial().optional(),
  });
  return { routes, fault, settings, patch };
}

const deliveriesPatchSchema = z
  .strictObject({
    drop: deliveriesShape.drop.partial(),
    duplicate: deliveriesShape.duplicate.partial(),
    delay: deliveriesShape.delay.partial(),
    badSignature: deliveriesShape.badSignature.partial(),
    reorder: deliveriesShape.reorder.partial(),
    concurrency: deliveriesShape.concurrency,
  })
  .partial();

export type ChaosSchemas = ReturnType<typeof chaosSchemas>;
export type ChaosSettings = z.output<ChaosSchemas["settings"]>;
export type ChaosPatch = z.input<ChaosSchemas["patch"]>;

const off = { next: 0, probability: 0 };

/** All chaos off. */
export const noChaos: ChaosSettings = {
  seed: 1,
  clockOffsetMs: 0,
  deliveries: {
    drop: off,
    duplicate: { ...off, copies: 1 },
    delay: { ...off, ms: 1000, random: false },
    badSignature: off,
    reorder: { size: 1, holdMs: 500 },
    concurrency: 1,
  },
  api: { faults: [], rateLimits: "off" },
};

/** The settings with the values of the patch, not yet validated. */
export function mergeDeep(base: unknown, patch: unknown): unknown {
  if (patch === undefined) return base;
  if (!isRecord(base) || !isRecord(patch)) return patch;
  const entries = Object.entries(base).map(([key, value]) => [key, mergeDeep(value, patch[key])]);
  return Object.fromEntries(entries);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
