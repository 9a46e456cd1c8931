export interface ErrorFields {
  error: string;
  message?: string;
  /** Outermost first. */
  causes?: string[];
  /** Only for unexpected errors; positions in the built worker. */
  stack?: string;
}

export type RejectionReason =
  | "account-banned"
  | "account-deleted"
  | "bad-request"
  | "bad-signature"
  | "cross-site"
  | "impersonation"
  | "insecure"
  | "method-not-allowed"
  | "rate-limit"
  | "signed-out"
  | "timeout"
  | "too-large"
  | "wrong-role";

interface CourseChange {
  courseId: string;
  outcome: string;
}

/** Described in docs/logging.md; a unit test compares the two. */
export interface LogEvents {
  "admin.course_created": CourseChange;
  "admin.course_edited": CourseChange;
  "admin.flag_dismissed": { purchaseId: string; flag: string };
  "admin.lesson_edited": CourseChange & { lessonId: string };
  "admin.none_left": ErrorFields;
  "admin.outline_changed": CourseChange & { intent: string };
  "admin.people_changed": CourseChange;
  "admin.purchase_settled": { purchaseId: string; settlement: string; outcome: string };
  "admin.refund_decided": { purchaseId: string; decision: string };
  "admin.refund_requested": { purchaseId: string; outcome: string };
  "admin.role_change": { userId: string; to: string; outcome: string };
  "admin.sync_failed": { userId: string } & ErrorFields;
  "cache.confirm_failed": { userId: string } & ErrorFields;
  "cache.read_failed": ErrorFields;
  "cache.write_failed": ErrorFields;
  "catalog.refresh_failed": ErrorFields;
  "job.failed": { job: string } & ErrorFields;
  "metadata.postpone_failed": { userId: string } & ErrorFields;
  "metadata.push_failed": { userId: string } & ErrorFields;
  "metadata.pushed": { userId: string };
  "payments.reconcile_interrupted": { runId: string } & ErrorFields;
  "payments.reconcile_progress": {
    runId: string;
    phase: string;
    pages: number;
    finished: boolean;
    paidThere: number;
    paidHere: number;
    refundedThere: number;
    disputedThere: number;
    undelivered: number;
  };
  "rate_limit.failed": ErrorFields;
  "recent_courses.refresh_failed": ErrorFields;
  "reconcile.interrupted": { runId: string } & ErrorFields;
  "reconcile.progress": {
    runId: string;
    phase: string;
    pages: number;
    finished: boolean;
    missing: number;
    outdated: number;
    ahead: number;
    metadataWrong: number;
    missingInClerk: number;
    tombstoned: number;
    durationMs: number;
  };
  "reconcile.stopped": { runId: string; reason: string };
  "render.failed": ErrorFields;
  "request.failed": { status: number; userId?: string | undefined } & ErrorFields;
  "request.rejected": { status: number; reason: RejectionReason; userId?: string | undefined };
  "search.filled": { rows: number };
  /** Names separated by spaces, without the suffix of the Clerk instance. */
  "session.rejected": { credentials: string };
  "stripe.event_handled": { eventId: string; type: string; outcome: string; durationMs: number };
  "texts.rendered": { rendered: number };
  "webhook.handled": { svixId: string; type: string; outcome: string; durationMs: number };
}
