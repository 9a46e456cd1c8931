import * as z from "zod";
import { isBlank, requiredText } from "~/features/courses/text-fields";

const maxEntries = 100;
const maxEntryLength = 320;
const emptyMessage = "Enter an email address or ID.";

const splitEntries = (text: string) => [
  ...new Set(
    text
      .toWellFormed()
      .split(/[\s,;]+/)
      .filter((entry) => !isBlank(entry)),
  ),
];

export const enrollFormSchema = z.lazy(() =>
  z.object({
    who: z
      .string({ error: emptyMessage })
      .transform(splitEntries)
      .refine((entries) => entries.length > 0, emptyMessage)
      .refine((entries) => entries.length <= maxEntries, `Add at most ${maxEntries} at once.`)
      .refine(
        (entries) => entries.every(({ length }) => length <= maxEntryLength),
        `Use at most ${maxEntryLength} characters for each.`,
      ),
  }),
);

export const addCourseFormSchema = z.lazy(() =>
  z.object({
    course: requiredText("Enter the title or URL slug of a course.", 200),
  }),
);
