import * as z from "zod";
import { courseStatuses } from "./course";
import { covers } from "./covers";
import { currencies, parsePrice } from "./money";
import { maxSlugLength, slugPattern } from "./slug";
import { prose, requiredLine } from "./text";

export const courseLimits = { title: 120, summary: 240, description: 20_000 };

/** What an admin writes of a course; the browser and the worker check it alike. */
export const courseFormSchema = z
  .object({
    title: requiredLine("Give the course a title.", courseLimits.title),
    slug: z
      .string({ error: "Give the course an address." })
      .trim()
      .max(maxSlugLength, `Keep it to ${maxSlugLength} characters.`)
      .regex(slugPattern, "Use small letters, digits and single hyphens: sql-from-scratch"),
    summary: requiredLine("Say in a sentence what it is about.", courseLimits.summary),
    description: prose(courseLimits.description),
    cover: z.enum(covers, { error: "Choose a cover." }),
    currency: z.enum(currencies, { error: "Choose a currency." }),
    price: z.string({ error: "Give a price; 0 is free." }).trim(),
  })
  .transform(({ price, ...course }, { addIssue }) => {
    const priceMinor = parsePrice(price, course.currency);
    if (priceMinor !== null) return { ...course, priceMinor };
    const message = `This is no price in ${course.currency}: 29.00, or 0 for a free course.`;
    addIssue({ code: "custom", path: ["price"], message });
    return z.NEVER;
  });
export type CourseFields = z.output<typeof courseFormSchema>;

const version = z.coerce.number().int().positive();

/** What an edit was based on. */
export const versionSchema = z.object({ version });

export const statusFormSchema = z.object({ status: z.enum(courseStatuses), version });
