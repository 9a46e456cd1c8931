import type { CourseStatus, LessonStatus, Role } from "~/db/enums";
import { can } from "./permissions";

/** The current user's role from D1; null when signed out. */
export type Viewer = { role: Role } | null;

/** Null if the user was never enrolled. */
export type EnrollmentState = { revokedAt: number | null } | null;

interface CourseFields {
  status: CourseStatus;
}

interface LessonFields {
  status: LessonStatus;
}

/** A hidden course responds with 404. */
export type CourseAccess = "hidden" | "open";
/** A locked lesson is listed but readable only after enrolling. */
export type LessonAccess = "hidden" | "locked" | "open";

export function isEnrolled(enrollment: EnrollmentState): boolean {
  return enrollment !== null && enrollment.revokedAt === null;
}

/** Published: everyone. Archived: enrolled learners. Course admins: any status. */
export function courseAccess(
  viewer: Viewer,
  course: CourseFields,
  enrollment: EnrollmentState,
): CourseAccess {
  if (can(viewer?.role, "courses.read") || course.status === "published") return "open";
  return course.status === "archived" && viewer && isEnrolled(enrollment) ? "open" : "hidden";
}

/** Private lessons are for course admins, previews for everyone, others for learners. */
export function lessonAccess(
  viewer: Viewer,
  lesson: LessonFields,
  course: CourseFields,
  enrollment: EnrollmentState,
): LessonAccess {
  if (courseAccess(viewer, course, enrollment) === "hidden") return "hidden";
  if (can(viewer?.role, "courses.read")) return "open";
  if (lesson.status === "private") return "hidden";
  if (lesson.status === "preview") return "open";
  return viewer && isEnrolled(enrollment) ? "open" : "locked";
}
