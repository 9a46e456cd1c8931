import { z } from "zod";
import { metadataSchema } from "../state/users.ts";

/** Field schemas of the Frontend API's forms. All values arrive as text. */
export const emailField = z.email("is not a valid email address");
export const nameField = z.string().trim().max(256);
export const passwordField = z.string().max(256);
export const codeField = z.string().trim();
/** For an endpoint without parameters. */
export const noFields = z.strictObject({});

export const flagField = z.stringbool();

/** Metadata arrives as JSON text. */
export const metadataField = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: "custom", message: "is not JSON" });
      return z.NEVER;
    }
  })
  .pipe(metadataSchema);
