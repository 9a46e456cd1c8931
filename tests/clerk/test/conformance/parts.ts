import { z } from "zod";

/** What the schemas of both APIs are made of. */

export const text = z.string();
export const flag = z.boolean();
export const int = z.int();
/** Milliseconds; seconds where Clerk says so. */
export const time = z.int();
export const record = z.record(z.string(), z.json());
/** A list of something that the local Clerk does not support. */
export const none = z.array(z.never());

export const clerkErrors = z.looseObject({
  errors: z
    .array(
      z.looseObject({
        code: text.regex(/^[a-z0-9_]+$/),
        message: text,
        long_message: text,
        meta: record.optional(),
      }),
    )
    .min(1),
});

/** An operation in Clerk's OpenAPI document: its successful response, and its other statuses. */
export interface Operation {
  response: z.ZodType;
  statuses: number[];
}

export const operation = (response: z.ZodType, ...statuses: number[]): Operation => ({
  response,
  statuses,
});
