import * as z from "zod";
import { covers } from "~/db/enums";

/** A course that somebody is in, with the lesson they left off at. */
export const recentCourseSchema = z.object({
  slug: z.string(),
  title: z.string(),
  cover: z.enum(covers),
  done: z.number(),
  total: z.number(),
  /** The first lesson that is not done; null where all are. */
  nextSlug: z.string().nullable(),
  nextTitle: z.string().nullable(),
});
export type RecentCourse = z.infer<typeof recentCourseSchema>;

/** How long the dashboard uses the copy of these courses in KV before it reads D1. */
export const recentCoursesFreshSeconds = 300;

/** The courses somebody was in last, as they were when D1 was asked, in milliseconds since the epoch. */
export const recentCoursesSchema = z.object({
  readAt: z.number(),
  courses: z.array(recentCourseSchema),
});
