import * as z from "zod";
import { courseStatuses, covers, currencies } from "~/db/enums";
import { formatPriceInput, parsePrice } from "~/features/courses/money";
import { markdownText, requiredText } from "~/features/courses/text-fields";
import { maxSlugLength, slugPattern } from "./slug";

const courseLimits = { title: 120, summary: 240, description: 20_000 };

const priceSchema = z.lazy(() =>
  z.object({
    currency: z.enum(currencies, { error: "Choose a currency." }),
    price: z.string({ error: "Give a price; 0 is free." }).trim(),
  }),
);

/** What an admin writes of a course; the browser and the worker check it alike. */
export const courseFormSchema = z.lazy(() =>
  z
    .object({
      title: requiredText("Give the course a title.", courseLimits.title),
      slug: z
        .string({ error: "Give the course an address." })
        .trim()
        .max(maxSlugLength, `Keep it to ${maxSlugLength} characters.`)
        .regex(slugPattern, "Use small letters, digits and single hyphens: sql-from-scratch"),
      summary: requiredText("Say in a sentence what it is about.", courseLimits.summary),
      description: markdownText(courseLimits.description),
      cover: z.enum(covers, { error: "Choose a cover." }),
      ...priceSchema.unwrap().shape,
    })
    .refine(({ price, currency }) => parsePrice(price, currency) !== null, {
      path: ["price"],
      error: ({ input }) => invalidPriceMessage(input),
      // Told along with what is wrong elsewhere, not only once that is mended.
      when: ({ value }) => priceSchema.safeParse(value).success,
    })
    .transform(({ price, ...course }) => ({
      ...course,
      priceMinor: parsePrice(price, course.currency) ?? 0,
    })),
);

function invalidPriceMessage(fields: unknown): string {
  const { currency } = priceSchema.parse(fields);
  const example = formatPriceInput({ priceMinor: 2_900, currency });
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
  return { title, slug, summary, description, cover, currency, price: formatPriceInput(course) };
}
