import { type EnrollmentState, isEnrolled, type Viewer } from "~/access/course-and-lesson-access";
import type { CourseStatus, RevocationReason } from "~/db/enums";

/** How somebody stands to a course: what its page offers them. */
export type Standing =
  /** Not signed in. */
  | { kind: "visitor" }
  | { kind: "enrolled" }
  /** They ordered it, and it is not paid yet. */
  | { kind: "ordered"; purchaseId: string }
  /** An admin closed it to them; only an admin opens it again. */
  | { kind: "closed" }
  /** It is a draft, or archived: nobody gets in by themselves. */
  | { kind: "not-offered" }
  | { kind: "may-start" }
  | { kind: "may-buy" };

interface Facts {
  viewer: Viewer;
  course: { status: CourseStatus; priceMinor: number };
  enrollment: (EnrollmentState & { revokedBecause: RevocationReason | null }) | null;
  pendingPurchaseId: string | null;
}

/** What a page offers; what is granted, the statements that enrol and order decide on their own. */
export function standingOf({ viewer, course, enrollment, pendingPurchaseId }: Facts): Standing {
  if (!viewer) return { kind: "visitor" };
  if (isEnrolled(enrollment)) return { kind: "enrolled" };
  const isFree = course.priceMinor === 0;
  if (pendingPurchaseId !== null && !isFree) {
    return { kind: "ordered", purchaseId: pendingPurchaseId };
  }
  if (course.status !== "published") return { kind: "not-offered" };
  if (enrollment?.revokedBecause === "admin") return { kind: "closed" };
  return { kind: isFree ? "may-start" : "may-buy" };
}
