import * as z from "zod";
import { lessonStatuses } from "~/db/enums";
import { hasPlainHost } from "~/features/courses/embedded-video";
import { markdownText, requiredText } from "~/features/courses/text-fields";

export const lessonLimits = { title: 120, body: 50_000, minutes: 600 };

const wholeMinutes = `Whole minutes, from 0 to ${lessonLimits.minutes}.`;

/** What an admin writes of a lesson; the browser and the worker check it alike. */
export const lessonFormSchema = z.lazy(() =>
  z.object({
    title: requiredText("Give the lesson a title.", lessonLimits.title),
    body: markdownText(lessonLimits.body),
    videoUrl: z
      .url({
        protocol: /^https$/,
        error: "Give the whole address, beginning with https://",
        abort: true,
      })
      .max(500, "Keep it to 500 characters.")
      .refine(hasPlainHost, "Write https:// and then the site, with no user name or password.")
      .optional()
      .transform((url) => url ?? null),
    durationMinutes: z
      .string({ error: wholeMinutes })
      .trim()
      .regex(/^\d{1,3}$/, wholeMinutes)
      .transform(Number)
      .refine((minutes) => minutes <= lessonLimits.minutes, wholeMinutes),
    status: z.enum(lessonStatuses, { error: "Say who may read it." }),
  }),
);
export type LessonFields = z.output<typeof lessonFormSchema>;

/** A lesson as its form shows it. */
export function toLessonForm({ title, body, videoUrl, durationMinutes, status }: LessonFields) {
  return { title, body, videoUrl: videoUrl ?? "", durationMinutes: `${durationMinutes}`, status };
}
