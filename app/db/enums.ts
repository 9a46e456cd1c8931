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

export const roles = ["user", "admin"] as const;
export type Role = (typeof roles)[number];

/** What became of a webhook delivery; `duplicate` is told to the sender, the ledger keeps the first outcome. */
export const deliveryOutcomes = ["applied", "duplicate", "stale", "ignored", "rejected"] as const;
export type DeliveryOutcome = (typeof deliveryOutcomes)[number];

/** The drawings (app/features/courses/components/covers) that stand for a course; they are ours, so no picture is loaded from elsewhere. */
export const covers = [
  "arcs",
  "contours",
  "grid",
  "leaves",
  "orbits",
  "prism",
  "terraces",
  "waves",
] as const;
export type Cover = (typeof covers)[number];

export const currencies = ["EUR", "USD", "GBP", "CHF", "JPY"] as const;
export type Currency = (typeof currencies)[number];

/** What opened a course to somebody: it was free, they bought it, an admin let them in. */
export const enrollmentSources = ["free", "purchase", "admin"] as const;
export type EnrollmentSource = (typeof enrollmentSources)[number];

/** What closed it again: the only purchase was refunded, or an admin did; the latter only an admin undoes. */
export const revocationReasons = ["refund", "admin"] as const;
export type RevocationReason = (typeof revocationReasons)[number];

/** `pending` waits for the money; a cancelled order whose money comes after all can still become paid. */
export const purchaseStatuses = ["pending", "paid", "cancelled", "refunded"] as const;
export type PurchaseStatus = (typeof purchaseStatuses)[number];

/** The course as it was when it was ordered: a receipt tells what was bought, whatever became of it since. */
export interface PurchaseSnapshot {
  slug: string;
  title: string;
  summary: string;
  cover: Cover;
  lessons: number;
}

/** A dry run only counts what differs. */
export const reconcileModes = ["repair", "dry-run"] as const;
export type ReconcileMode = (typeof reconcileModes)[number];

/** First through Clerk's users, which finds what D1 lacks; then through the rows, which finds what Clerk lost. */
export const reconcilePhases = ["clerk-users", "rows"] as const;
