import { z } from "zod";

/** Converts the forms of the chaos page to control API input; its schemas validate the result. */

export const number = z.string().trim().min(1, "is required").pipe(z.coerce.number<string>());
export const checkbox = z
  .literal("on")
  .optional()
  .transform((value) => value === "on");

export const deliveriesForm = z
  .object({
    seed: number,
    concurrency: number,
    dropNext: number,
    dropProbability: number,
    duplicateNext: number,
    duplicateProbability: number,
    duplicateCopies: number,
    delayNext: number,
    delayProbability: number,
    delayMs: number,
    delayRandom: checkbox,
    badSignatureNext: number,
    badSignatureProbability: number,
    reorderSize: number,
    reorderHoldMs: number,
  })
  .transform((form) => ({
    seed: form.seed,
    deliveries: {
      drop: { next: form.dropNext, probability: form.dropProbability },
      duplicate: {
        next: form.duplicateNext,
        probability: form.duplicateProbability,
        copies: form.duplicateCopies,
      },
      delay: {
        next: form.delayNext,
        probability: form.delayProbability,
        ms: form.delayMs,
        random: form.delayRandom,
      },
      badSignature: { next: form.badSignatureNext, probability: form.badSignatureProbability },
      reorder: { size: form.reorderSize, holdMs: form.reorderHoldMs },
      concurrency: form.concurrency,
    },
  }));

export const faultForm = z
  .object({
    route: z.string(),
    kind: z.string(),
    acts: z.enum(["yes", "no"]),
    next: number,
    probability: number,
    retryAfterSeconds: number,
    delayMs: number,
  })
  .transform((form) => ({ ...form, acts: form.acts === "yes" }));

export const rateLimitsForm = z.object({ rateLimits: z.string() }).transform((api) => ({ api }));

export const clockForm = z.object({ clockOffsetMs: number });

export const rotationForm = z
  .object({ secret: z.string().trim(), graceMs: number })
  .transform(({ secret, graceMs }) => ({ graceMs, ...(secret === "" ? {} : { secret }) }));
