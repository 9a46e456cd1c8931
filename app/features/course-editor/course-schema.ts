import * as z from "zod";
import { courseStatuses, covers, currencies } from "~/db/enums";
import { parsePrice, priceInput } from "~/features/courses/money";
import { markdownText, requiredLine } from "~/features/courses/text-fields";
import { maxSlugLength, slugPattern } from "./slug";

export const courseLimits = { title: 120, summary: 240, description: 20_000 };

const priced = z.lazy(() =>
  z.object({
    currency: z.enum(currencies, { error: "Choose a currency." }),
    price: z.string({ error: "Give a price; 0 is free." }).trim(),
  }),
);

/** What an admin writes of a course; the browser and the worker check it alike. */
export const courseFormSchema = z.lazy(() =>
  z
    .object({
      title: requiredLine("Give the course a title.", courseLimits.title),
      slug: z
        .string({ error: "Give the course an address." })
        .trim()
        .max(maxSlugLength, `Keep it to ${maxSlugLength} characters.`)
        .regex(slugPattern, "Use small letters, digits and single hyphens: sql-from-scratch"),
      summary: requiredLine("Say in a sentence what it is about.", courseLimits.summary),
      description: markdownText(courseLimits.description),
      cover: z.enum(covers, { error: "Choose a cover." }),
      ...priced.unwrap().shape,
    })
    .refine(({ price, currency }) => parsePrice(price, currency) !== null, {
      path: ["price"],
      error: ({ input }) => wrongPrice(input),
      // Told along with what is wrong elsewhere, not only once that is mended.
      when: ({ value }) => priced.safeParse(value).success,
    })
    .transform(({ price, ...course }) => ({
      ...course,
      priceMinor: parsePrice(price, course.currency) ?? 0,
    })),
);

function wrongPrice(fields: unknown): string {
  const { currency } = priced.parse(fields);
  const example = priceInput({ priceMinor: 2_900, currency });
  return `This is no price in ${currency}: ${example}, or 0 for a free course.`;
}
export type CourseFields = z.output<typeof courseFormSchema>;

const version = z.lazy(() => z.coerce.number().int().positive());

/** What an edit was based on. */
export const versionSchema = z.lazy(() => z.object({ version }));

export const statusFormSchema = z.lazy(() => z.object({ status: z.enum(courseStatuses), version }));

/** A course as its form shows it. */
export function toCourseForm(course: CourseFields) {
  const { title, slug, summary, description, cover, currency } = course;
  return { title, slug, summary, description, cover, currency, price: priceInput(course) };
}
