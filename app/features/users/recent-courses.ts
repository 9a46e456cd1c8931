import * as z from "zod";
import { covers } from "~/db/enums";

/** A learner's progress in one course. */
export const progressSchema = z.object({
  done: z.number(),
  total: z.number(),
  /** The first unfinished lesson; null if all are done. */
  nextSlug: z.string().nullable(),
  nextTitle: z.string().nullable(),
});
export type CourseProgress = z.infer<typeof progressSchema>;

export const recentCourseSchema = progressSchema.extend({
  slug: z.string(),
  title: z.string(),
  cover: z.enum(covers),
});
export type RecentCourse = z.infer<typeof recentCourseSchema>;

/** How long the dashboard uses the cached copy. */
export const recentCoursesFreshSeconds = 300;

/** `readAt` is in milliseconds since the epoch. */
export const recentCoursesSchema = z.object({
  readAt: z.number(),
  courses: z.array(recentCourseSchema),
});
