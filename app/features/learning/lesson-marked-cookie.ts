import { recentCoursesFreshSeconds } from "~/features/users/recent-courses";

const name = "lesson_marked";

/**
 * Marking a lesson does not rewrite the recent courses in KV, because learners mark many lessons
 * between two dashboard visits. Instead, this cookie makes the dashboard skip the copy.
 */
export const lessonMarkedCookie = `${name}=1; Path=/; Max-Age=${recentCoursesFreshSeconds}; HttpOnly; SameSite=Lax`;

const pattern = new RegExp(`(?:^|;\\s*)${name}=`);

export const hasLessonMarkedCookie = ({ headers }: Request): boolean =>
  pattern.test(headers.get("Cookie") ?? "");
