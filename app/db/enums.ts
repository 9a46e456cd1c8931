export const courseStatuses = ["draft", "published", "archived"] as const;
export type CourseStatus = (typeof courseStatuses)[number];

/** Visible to enrolled learners, to everyone, or to course admins only. */
export const lessonStatuses = ["public", "preview", "private"] as const;
export type LessonStatus = (typeof lessonStatuses)[number];

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

/** A session that Clerk ended, kept until none of its tokens can be valid (epoch ms). */
export interface EndedSession {
  id: string;
  until: number;
}

/** `duplicate` appears only in responses; the ledger keeps the first outcome. */
export const deliveryOutcomes = ["applied", "duplicate", "stale", "ignored", "rejected"] as const;
export type DeliveryOutcome = (typeof deliveryOutcomes)[number];

/** File names in app/features/courses/components/covers. */
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

export const enrollmentSources = ["free", "purchase", "admin"] as const;
export type EnrollmentSource = (typeof enrollmentSources)[number];

/** Only an admin can undo an `admin` revocation. */
export const revocationReasons = ["refund", "admin"] as const;
export type RevocationReason = (typeof revocationReasons)[number];

/** A canceled order becomes paid if the money arrives late. */
export const purchaseStatuses = ["pending", "paid", "cancelled", "refunded"] as const;
export type PurchaseStatus = (typeof purchaseStatuses)[number];

/** A dispute only waits for the bank; everything else waits for a decision of an admin. */
export const attentionLevels = { dispute: 1, decision: 2 } as const;

/** The course at the time of the order, for the receipt. */
export interface PurchaseSnapshot {
  slug: string;
  title: string;
  summary: string;
  cover: Cover;
  lessons: number;
}

/** From the first to the last; a payment only moves forward. */
export const paymentStates = [
  "open",
  "processing",
  "canceled",
  "expired",
  "failed",
  "paid",
] as const;
export type PaymentState = (typeof paymentStates)[number];

/** Why an admin has to look at a payment, and can say that it is done. */
export const dismissibleFlags = [
  "deleted-user",
  "banned-user",
  "unpublished-course",
  "second-payment",
] as const;
export type DismissibleFlag = (typeof dismissibleFlags)[number];
/** Another amount is settled by marking the order as paid, or by a refund. */
export const paymentFlags = ["amount-mismatch", ...dismissibleFlags] as const;
export type PaymentFlag = (typeof paymentFlags)[number];

/** Of one refund; one that succeeded can still fail. */
export const refundStatuses = ["pending", "succeeded", "failed", "canceled"] as const;
export type RefundStatus = (typeof refundStatuses)[number];

/** Stripe's reasons. */
export const refundReasons = ["requested_by_customer", "duplicate", "fraudulent"] as const;
export type RefundReason = (typeof refundReasons)[number];

/** What an admin decides after a refund failed. `replaced`: by another refund. */
export const refundDecisions = ["reopen", "keep-closed", "replaced"] as const;
export type RefundDecision = (typeof refundDecisions)[number];

export const disputeStatuses = ["open", "lost", "won"] as const;
export type DisputeStatus = (typeof disputeStatuses)[number];

export const paymentActions = [
  "refund-requested",
  "refund-pending",
  "refund-succeeded",
  "refund-failed",
  "refund-canceled",
  "refund-reopen",
  "refund-keep-closed",
  "dispute-open",
  "dispute-lost",
  "dispute-won",
  "flag-dismissed",
  "second-payment",
] as const;
export type PaymentAction = (typeof paymentActions)[number];

/** `unmatched`: no order of this site; tried again later. */
export const stripeEventOutcomes = [
  "applied",
  "duplicate",
  "stale",
  "ignored",
  "rejected",
  "unmatched",
] as const;
export type StripeEventOutcome = (typeof stripeEventOutcomes)[number];

/** A dry run only counts differences. */
export const reconcileModes = ["repair", "dry-run"] as const;
export type ReconcileMode = (typeof reconcileModes)[number];

/** The first phase finds users missing in D1, the second one users missing in Clerk. */
export const reconcilePhases = ["clerk-users", "rows"] as const;

/** Each compares a list with the other side: Stripe's first, then ours. */
export const paymentRunPhases = ["sessions", "refunds", "disputes", "events", "payments"] as const;
export type PaymentRunPhase = (typeof paymentRunPhases)[number];

export const paymentDriftKinds = [
  "paid-there",
  "paid-here",
  "refunded-there",
  "disputed-there",
  "undelivered",
] as const;
export type PaymentDriftKind = (typeof paymentDriftKinds)[number];

/** A difference between D1 and Stripe. */
export interface PaymentDrift {
  kind: PaymentDriftKind;
  /** Null if there is no such purchase. */
  purchaseId: string | null;
  /** Of the object at Stripe. */
  stripeId: string;
}

/** What triggers count (migrations/0011_figures.sql, 0017_received-payments.sql). */
export type FigureName =
  /** By day of creation; key: "present" or "deleted". */
  | "users"
  /** Not revoked, by day. */
  | "enrollments"
  /** Not revoked, by month; key: course id. */
  | "course-enrollments"
  /** Lessons marked as done, by day. */
  | "completions"
  /** Users by their last active day. */
  | "active-learners"
  /** Not read since there is "received"; by day of the order, key: currency and status. */
  | "orders"
  /** Payments of orders, by day of the order; key: currency. */
  | "received"
  /** Money that went back or is on its way, by day of the order; key: currency. */
  | "refunds"
  | "lost-disputes"
  /** By hour; key: outcome. */
  | "deliveries";

/** What can be searched. */
export const searchKinds = ["user", "course", "purchase"] as const;
export type SearchKind = (typeof searchKinds)[number];

/** Where a search word comes from: a name or email address, a course, or a payment reference. */
export const wordSources = ["user", "title", "summary", "reference"] as const;
