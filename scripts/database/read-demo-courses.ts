import { readFile } from "node:fs/promises";
import * as z from "zod";
import { covers, currencies, lessonStatuses } from "../../app/db/enums.ts";

/** The folders of `demo-courses`, in catalog order. */
export const demoCourseSlugs = [
  "sql-from-the-first-select",
  "how-the-night-sky-moves",
  "reading-a-balance-sheet",
  "writing-that-is-read",
] as const;

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const line = z.string().trim().min(1);

const lessonSchema = z.strictObject({
  file: z.string().regex(/^[a-z0-9-]+\.md$/),
  title: line,
  slug,
  minutes: z.int().positive(),
  status: z.enum(lessonStatuses),
});

const courseSchema = z.strictObject({
  title: line,
  summary: line.max(200),
  cover: z.enum(covers),
  priceMinor: z.int().nonnegative(),
  currency: z.enum(currencies),
  sections: z.array(z.strictObject({ title: line, lessons: z.array(lessonSchema).min(1) })).min(1),
});

export type DemoCourse = Awaited<ReturnType<typeof readDemoCourse>>;

/** @throws with the course and the problem if a course.json is invalid. */
export function readDemoCourses(): Promise<DemoCourse[]> {
  return Promise.all(demoCourseSlugs.map(readDemoCourse));
}

async function readDemoCourse(slug: string) {
  const folder = new URL(`../demo-courses/${slug}/`, import.meta.url);
  const read = async (file: string) => (await readFile(new URL(file, folder), "utf8")).trim();
  const parsed = courseSchema.safeParse(JSON.parse(await read("course.json")));
  if (!parsed.success) throw new Error(`${slug}/course.json\n${z.prettifyError(parsed.error)}`);
  const { sections, ...course } = parsed.data;
  return {
    ...course,
    slug,
    description: await read("description.md"),
    sections: await Promise.all(
      sections.map(async ({ title, lessons }) => ({
        title,
        lessons: await Promise.all(
          lessons.map(async ({ file, ...lesson }) => ({ ...lesson, body: await read(file) })),
        ),
      })),
    ),
  };
}
