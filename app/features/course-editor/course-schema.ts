import * as z from "zod";
import { courseStatuses, covers, currencies } from "~/db/enums";
import { formatMinPrice, formatPriceInput, parsePrice } from "~/features/courses/money";
import { markdownText, requiredText } from "~/features/courses/text-fields";
import { maxSlugLength, slugPattern } from "./slug";

const courseLimits = { title: 120, summary: 240, description: 20_000 };

const priceSchema = z.lazy(() =>
  z.object({
    price: z.string({ error: "Enter a price, or 0 for a free course." }).trim(),
    currency: z.enum(currencies, { error: "Choose a currency." }),
  }),
);

export const courseFormSchema = z.lazy(() =>
  z
    .object({
      title: requiredText("Enter a title.", courseLimits.title),
      slug: z
        .string({ error: "Enter a URL slug." })
        .trim()
        .max(maxSlugLength, `Use at most ${maxSlugLength} characters.`)
        .regex(
          slugPattern,
          "Use lowercase letters, digits and single hyphens, such as sql-from-scratch.",
        ),
      summary: requiredText("Describe the course in one sentence.", courseLimits.summary),
      description: markdownText(courseLimits.description),
      cover: z.enum(covers, { error: "Choose a cover." }),
      ...priceSchema.unwrap().shape,
    })
    .refine(({ price, currency }) => parsePrice(price, currency) !== null, {
      path: ["price"],
      error: ({ input }) => invalidPriceMessage(input),
      // Validates the price even if other fields have errors.
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
  const least = formatMinPrice(currency);
  return `Enter a price in ${currency} such as ${example}, at least ${least}, or 0 for a free course.`;
}
export type CourseFields = z.output<typeof courseFormSchema>;

const version = z.lazy(() => z.coerce.number().int().positive());

export const versionSchema = z.lazy(() => z.object({ version }));

export const statusFormSchema = z.lazy(() => z.object({ status: z.enum(courseStatuses), version }));

export function toCourseForm(course: CourseFields) {
  const { title, slug, summary, description, cover, currency } = course;
  return { title, slug, summary, description, cover, currency, price: formatPriceInput(course) };
}
