import * as z from "zod";
import { findExcess } from "./markdown-limits";

const lineBreaks = /\r\n?/g;
/** Control characters, but not the tab and the line feed that texts are made of. */
const invisible = /(?![\t\n])\p{Cc}/gu;

const clean = (text: string) =>
  text.replace(lineBreaks, "\n").replace(invisible, "").toWellFormed();

/** Whether nothing of a text can be seen: it may hold zero-width, filling and control characters. */
export const isBlank = (text: string): boolean =>
  /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u.test(text);

// Lengths are checked by `refine`, not by a schema behind a pipe: Conform would read an empty text there as none at all.

/** One line that has to say something. */
export function requiredText(missing: string, maxLength: number) {
  return z
    .string({ error: missing })
    .transform((text) => clean(text).replace(/\s+/g, " ").trim())
    .refine((text) => !isBlank(text), missing)
    .refine((text) => text.length <= maxLength, `Keep it to ${maxLength} characters.`);
}

/** A text in Markdown, which may be empty. */
export function markdownText(maxLength: number) {
  return z
    .string()
    .default("")
    .transform(clean)
    .refine((text) => text.length <= maxLength, {
      // Not written before it is needed: formatting a number costs a cold isolate 15 ms.
      error: () => `Keep it to ${maxLength.toLocaleString("en")} characters.`,
      abort: true,
    })
    .superRefine((text, context) => {
      const excess = findExcess(text);
      if (excess) context.addIssue(excess);
    });
}
