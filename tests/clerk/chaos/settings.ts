import { z } from "zod";
import { faultSchema } from "./fault.ts";

/** Hits the next `next` for sure, and every one after them with this probability. */
const odds = {
  next: z.number().int().min(0),
  probability: z.number().min(0).max(1),
};

const deliveriesShape = {
  /** Lost for good: recorded as dropped, and sent only when somebody redelivers it. */
  drop: z.strictObject(odds),
  /** Sent `copies` times more under the same `svix-id`; at the same moment if sending is concurrent. */
  duplicate: z.strictObject({ ...odds, copies: z.number().int().min(1).max(20) }),
  /** Sent `ms` later; with `random`, at any time up to that. */
  delay: z.strictObject({
    ...odds,
    ms: z.number().int().min(0).max(86_400_000),
    random: z.boolean(),
  }),
  /** The first attempt carries a signature of another text; the next one is right. */
  badSignature: z.strictObject(odds),
  /** Collects `size` due messages, or what is due after `holdMs`, and sends them shuffled. 1 is off. */
  reorder: z.strictObject({
    size: z.number().int().min(1).max(500),
    holdMs: z.number().int().min(0).max(60_000),
  }),
  /** How many messages are sent at a time. */
  concurrency: z.number().int().min(1).max(50),
};

const rateLimitsSchema = z.enum(["off", "development", "production"]);

/** How the local Clerk misbehaves. */
export const chaosSettingsSchema = z.strictObject({
  /** The same seed, then the same changes: the same choices. Setting it starts the choices anew. */
  seed: z.number().int().min(0),
  /** Milliseconds that Clerk's clock is ahead of this machine's; below 0 it is behind. */
  clockOffsetMs: z.number().int().min(-3_155_760_000_000).max(3_155_760_000_000),
  deliveries: z.strictObject(deliveriesShape),
  backendApi: z.strictObject({
    /** The first one that fits a request and hits is the one that happens. */
    faults: z.array(faultSchema).max(100),
    /** Enforces Clerk's documented limits: those of a development or a production instance. */
    rateLimits: rateLimitsSchema,
  }),
});
export type ChaosSettings = z.output<typeof chaosSettingsSchema>;

/** Any part of the settings; what is left out stays as it is. A list of faults replaces the list. */
export const chaosPatchSchema = z.strictObject({
  ...chaosSettingsSchema.pick({ seed: true, clockOffsetMs: true }).partial().shape,
  deliveries: z
    .strictObject({
      drop: deliveriesShape.drop.partial(),
      duplicate: deliveriesShape.duplicate.partial(),
      delay: deliveriesShape.delay.partial(),
      badSignature: deliveriesShape.badSignature.partial(),
      reorder: deliveriesShape.reorder.partial(),
      concurrency: deliveriesShape.concurrency,
    })
    .partial()
    .optional(),
  backendApi: chaosSettingsSchema.shape.backendApi.partial().optional(),
});
export type ChaosPatch = z.input<typeof chaosPatchSchema>;

const never = { next: 0, probability: 0 };

/** A local Clerk that behaves. */
export const noChaos: ChaosSettings = {
  seed: 1,
  clockOffsetMs: 0,
  deliveries: {
    drop: never,
    duplicate: { ...never, copies: 1 },
    delay: { ...never, ms: 1000, random: false },
    badSignature: never,
    reorder: { size: 1, holdMs: 500 },
    concurrency: 1,
  },
  backendApi: { faults: [], rateLimits: "off" },
};

/** The settings with the patch laid over them. */
export function patched(settings: ChaosSettings, patch: z.output<typeof chaosPatchSchema>) {
  return chaosSettingsSchema.parse(overlay(settings, patch));
}

function overlay(base: unknown, patch: unknown): unknown {
  if (patch === undefined) return base;
  if (!isRecord(base) || !isRecord(patch)) return patch;
  const entries = Object.entries(base).map(([key, value]) => [key, overlay(value, patch[key])]);
  return Object.fromEntries(entries);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
