import { type EnrollmentState, isEnrolled, type Viewer } from "~/access/course-and-lesson-access";
import type { CourseStatus, RevocationReason } from "~/db/enums";

/** How somebody stands to a course: what its page offers them. */
export type CourseOffer =
  /** Not signed in. */
  | { kind: "signed-out" }
  | { kind: "enrolled" }
  /** They ordered it, and it is not paid yet. */
  | { kind: "ordered"; purchaseId: string }
  /** An admin closed it to them; only an admin opens it again. */
  | { kind: "closed" }
  /** It is a draft, or archived: nobody gets in by themselves. */
  | { kind: "not-offered" }
  | { kind: "can-start" }
  | { kind: "can-buy" };

interface OfferInput {
  viewer: Viewer;
  course: { status: CourseStatus; priceMinor: number };
  enrollment: (EnrollmentState & { revokedBecause: RevocationReason | null }) | null;
  pendingPurchaseId: string | null;
}

/** What a page offers; what is granted, the statements that enrol and order decide on their own. */
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
