import { recentCoursesFreshSeconds } from "~/features/users/recent-courses";

const name = "lesson_marked";

/**
 * Marking a lesson does not rewrite the copy of the courses in KV: a learner marks many lessons
 * between two visits of the dashboard. Instead, their browser skips the copy until it is too old.
 */
export const lessonMarkedCookie = `${name}=1; Path=/; Max-Age=${recentCoursesFreshSeconds}; HttpOnly; SameSite=Lax`;

const pattern = new RegExp(`(?:^|;\\s*)${name}=`);

export const hasLessonMarkedCookie = ({ headers }: Request): boolean =>
  pattern.test(headers.get("Cookie") ?? "");
