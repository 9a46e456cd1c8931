export const courseStatuses = ["draft", "published", "archived"] as const;
export type CourseStatus = (typeof courseStatuses)[number];

/** Read by those who are enrolled, by everybody, or by nobody yet. */
export const lessonStatuses = ["public", "preview", "private"] as const;
export type LessonStatus = (typeof lessonStatuses)[number];

/** What admins can do to a course, as the audit names it. */
export const courseActions = [
  "course-created",
  "course-edited",
  "course-published",
  "course-archived",
  "course-withdrawn",
  "section-added",
  "section-renamed",
  "section-removed",
  "lesson-added",
  "lesson-edited",
  "lesson-removed",
  "outline-reordered",
  "person-enrolled",
  "person-revoked",
  "purchase-paid",
  "purchase-cancelled",
  "purchase-refunded",
] as const;
export type CourseAction = (typeof courseActions)[number];
