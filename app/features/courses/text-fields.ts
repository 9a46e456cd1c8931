import * as z from "zod";
import { markdownLimitError } from "./markdown-limits";

const lineBreaks = /\r\n?/g;
const controlCharacters = /(?![\t\n])\p{Cc}/gu;

const clean = (text: string) =>
  text.replace(lineBreaks, "\n").replace(controlCharacters, "").toWellFormed();

/**
 * True if the text has no visible characters. Those with a number look blank by definition: a
 * Braille pattern, a Khitan filler, Egyptian blanks and a musical notehead.
 */
export const isBlank = (text: string): boolean =>
  /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800\u{16fe4}\u{13441}\u{13442}\u{1d159}]*$/u.test(
    text,
  );

// Lengths are checked by `refine`, not `pipe`: Conform would turn an empty text into undefined.

export function requiredText(requiredMessage: string, maxLength: number) {
  return z
    .string({ error: requiredMessage })
    .transform((text) => clean(text).replace(/\s+/g, " ").trim())
    .refine((text) => !isBlank(text), requiredMessage)
    .refine((text) => text.length <= maxLength, `Use at most ${maxLength} characters.`);
}

export function markdownText(maxLength: number) {
  return z
    .string()
    .default("")
    .transform(clean)
    .refine((text) => text.length <= maxLength, {
      // Lazy: the first number format takes 15 ms in a cold isolate.
      error: () => `Use at most ${maxLength.toLocaleString("en")} characters.`,
      abort: true,
    })
    .superRefine((text, context) => {
      const problem = markdownLimitError(text);
      if (problem) context.addIssue(problem);
    });
}
