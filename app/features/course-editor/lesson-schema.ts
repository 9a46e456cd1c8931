import * as z from "zod";
import { lessonStatuses } from "~/db/enums";
import { hasPlainHost } from "~/features/courses/embedded-video";
import { markdownText, requiredText } from "~/features/courses/text-fields";

export const lessonLimits = { title: 120, body: 50_000, minutes: 600 };

const minutesError = `Enter whole minutes from 0 to ${lessonLimits.minutes}.`;

export const lessonFormSchema = z.lazy(() =>
  z.object({
    title: requiredText("Enter a title.", lessonLimits.title),
    body: markdownText(lessonLimits.body),
    videoUrl: z
      .url({
        protocol: /^https$/,
        error: "Enter a full URL that starts with https://",
        abort: true,
      })
      .max(500, "Use at most 500 characters.")
      .refine(hasPlainHost, "Use https:// followed by the site, without a username or password.")
      .optional()
      .transform((url) => url ?? null),
    durationMinutes: z
      .string({ error: minutesError })
      .trim()
      .regex(/^\d{1,3}$/, minutesError)
      .transform(Number)
      .refine((minutes) => minutes <= lessonLimits.minutes, minutesError),
    status: z.enum(lessonStatuses, { error: "Choose who can see the lesson." }),
  }),
);
export type LessonFields = z.output<typeof lessonFormSchema>;

export function toLessonForm({ title, body, videoUrl, durationMinutes, status }: LessonFields) {
  return { title, body, videoUrl: videoUrl ?? "", durationMinutes: `${durationMinutes}`, status };
}
