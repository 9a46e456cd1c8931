/** What opened a course to somebody: it was free, they bought it, an admin let them in. */
export const enrollmentSources = ["free", "purchase", "admin"] as const;
export type EnrollmentSource = (typeof enrollmentSources)[number];

/** What closed it again: the only purchase was refunded, or an admin did; the latter only an admin undoes. */
export const revocationReasons = ["refund", "admin"] as const;
export type RevocationReason = (typeof revocationReasons)[number];

export interface Enrollment {
  source: EnrollmentSource;
  enrolledAt: number;
  revokedAt: number | null;
  revokedBecause: RevocationReason | null;
}
