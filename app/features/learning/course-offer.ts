import { type EnrollmentState, isEnrolled, type Viewer } from "~/access/course-and-lesson-access";
import type { CourseStatus, RevocationReason } from "~/db/enums";

export type CourseOffer =
  | { kind: "signed-out" }
  | { kind: "enrolled" }
  | { kind: "ordered"; purchaseId: string }
  /** An admin revoked access; only an admin can restore it. */
  | { kind: "closed" }
  | { kind: "not-offered" }
  | { kind: "can-start" }
  | { kind: "can-buy" };

interface OfferInput {
  viewer: Viewer;
  course: { status: CourseStatus; priceMinor: number };
  enrollment: (EnrollmentState & { revokedBecause: RevocationReason | null }) | null;
  pendingPurchaseId: string | null;
}

/** For display only: the statements that enroll and order check the rules again. */
export function courseOffer({
  viewer,
  course,
  enrollment,
  pendingPurchaseId,
}: OfferInput): CourseOffer {
  if (!viewer) return { kind: "signed-out" };
  if (isEnrolled(enrollment)) return { kind: "enrolled" };
  const isFree = course.priceMinor === 0;
  if (pendingPurchaseId !== null && !isFree) {
    return { kind: "ordered", purchaseId: pendingPurchaseId };
  }
  if (course.status !== "published") return { kind: "not-offered" };
  if (enrollment?.revokedBecause === "admin") return { kind: "closed" };
  return { kind: isFree ? "can-start" : "can-buy" };
}
