import type { CourseAction } from "~/db/enums";

export type AuditAction = CourseAction | "role-changed";

interface AuditPerson {
  id: string;
  name: string;
  email: string | null;
}

/** One thing that an admin did, as the audit tells it. */
export interface AuditEntry {
  id: string;
  key: string;
  action: AuditAction;
  /** What exactly. */
  detail: string;
  reason: string | null;
  /** Whom it concerns, where it is about a person. */
  person: AuditPerson | null;
  course: { id: string; title: string } | null;
  /** Null: done from a terminal by whoever operates the database. */
  changedBy: AuditPerson | null;
  createdAt: number;
}

export const actionLabels: Record<AuditAction, string> = {
  "role-changed": "Role changed",
  "course-created": "Course created",
  "course-edited": "Course edited",
  "course-published": "Course published",
  "course-archived": "Course archived",
  "course-withdrawn": "Course back to draft",
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
  "purchase-cancelled": "Order cancelled",
  "purchase-refunded": "Purchase refunded",
};
