import type { CourseStatus, LessonStatus, Role } from "~/db/enums";
import { can } from "./permissions";

/** Who asks, as D1 has them; null is nobody in particular. */
export type Viewer = { role: Role } | null;

/** What an enrollment says of access; null where there never was one. */
export type EnrollmentState = { revokedAt: number | null } | null;

interface CourseSummaryLine {
  status: CourseStatus;
}

interface LessonFacts {
  status: LessonStatus;
}

/** Hidden is answered as if it were not there. */
export type CourseAccess = "hidden" | "open";
/** A locked lesson is listed, and read once the course is taken. */
export type LessonAccess = "hidden" | "locked" | "open";

export function isEnrolled(enrollment: EnrollmentState): boolean {
  return enrollment !== null && enrollment.revokedAt === null;
}

/**
 * Whether a course can be looked at: a published one by everybody, an archived one by those who are in it, any by those who
 * write courses (docs/decisions/0012-courses.md).
 */
export function courseAccess(
  viewer: Viewer,
  course: CourseSummaryLine,
  enrollment: EnrollmentState,
): CourseAccess {
  if (can(viewer?.role, "courses.read") || course.status === "published") return "open";
  return course.status === "archived" && viewer && isEnrolled(enrollment) ? "open" : "hidden";
}

/**
 * Whether a lesson can be read. The one rule of it, for loaders, writes and what pages show: where the course is hidden so are
 * its lessons; a private lesson is for those who write courses; a preview is for everybody, the rest for who is enrolled.
 */
export function lessonAccess(
  viewer: Viewer,
  lesson: LessonFacts,
  course: CourseSummaryLine,
  enrollment: EnrollmentState,
): LessonAccess {
  if (courseAccess(viewer, course, enrollment) === "hidden") return "hidden";
  if (can(viewer?.role, "courses.read")) return "open";
  if (lesson.status === "private") return "hidden";
  if (lesson.status === "preview") return "open";
  return viewer && isEnrolled(enrollment) ? "open" : "locked";
}
