import type { CourseAction, PaymentAction } from "~/db/enums";

export type AuditAction = CourseAction | PaymentAction | "role-changed";

interface AuditPerson {
  id: string;
  name: string;
  email: string | null;
}

export interface AuditEntry {
  id: string;
  key: string;
  action: AuditAction;
  detail: string;
  reason: string | null;
  person: AuditPerson | null;
  course: { id: string; title: string } | null;
  /** Null if the change was made from the command line, or by Stripe. */
  changedBy: AuditPerson | null;
  createdAt: number;
}

/** Shown instead of a name if `changedBy` is null. */
export const commandLineActor = "command line";

export const actorName = ({ changedBy, action }: AuditEntry): string =>
  changedBy?.name ?? (action === "role-changed" ? commandLineActor : "Stripe");

export const paymentActionLabels: Record<PaymentAction, string> = {
  "refund-requested": "Refund requested",
  "refund-pending": "Refund pending",
  "refund-succeeded": "Refund succeeded",
  "refund-failed": "Refund failed",
  "refund-canceled": "Refund canceled",
  "refund-reopen": "Not paid back after a failed refund",
  "refund-keep-closed": "Paid back in another way after a failed refund",
  "dispute-open": "Dispute opened",
  "dispute-lost": "Dispute lost",
  "dispute-won": "Dispute won",
  "flag-dismissed": "Red note marked as done",
  "second-payment": "Paid again",
};

export const actionLabels: Record<AuditAction, string> = {
  ...paymentActionLabels,
  "role-changed": "Role changed",
  "course-created": "Course created",
  "course-edited": "Course edited",
  "course-published": "Course published",
  "course-archived": "Course archived",
  "course-withdrawn": "Course unpublished",
  "section-added": "Section added",
  "section-renamed": "Section renamed",
  "section-removed": "Section removed",
  "lesson-added": "Lesson added",
  "lesson-edited": "Lesson edited",
  "lesson-removed": "Lesson removed",
  "outline-reordered": "Outline reordered",
  "person-enrolled": "Person enrolled",
  "person-revoked": "Enrollment revoked",
  "purchase-paid": "Purchase paid",
  "purchase-cancelled": "Order canceled",
  "purchase-refunded": "Purchase refunded",
};
