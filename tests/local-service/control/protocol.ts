import { z } from "zod";

/** Request and response schemas that the control APIs of all local services share. */

export const messageFilterSchema = z.object({
  /** The id of what the messages are about. */
  subjectId: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  offset: z.coerce.number().int().min(0).default(0),
});

export const idleRequestSchema = z.strictObject({
  /** Also wait for pending retries. */
  retries: z.boolean().default(false),
});

export const rotationSchema = (secret: z.ZodType<string>) =>
  z.strictObject({
    /** Random by default. */
    secret: secret.optional(),
    /** How long previous secrets keep signing; 24 hours by default. */
    graceMs: z.number().int().min(0).default(86_400_000),
  });
export type RotationInput = { secret?: string; graceMs?: number };

export const rotationResponseSchema = z.object({
  secret: z.string(),
  /** All active secrets, the new one first. */
  signing: z.array(z.string()),
});

export const doneSchema = z.object({ done: z.literal(true) });
