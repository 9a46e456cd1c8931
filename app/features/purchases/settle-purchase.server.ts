import { and, eq, type SQL, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { type Database, runQuery } from "~/db/client.server";
import type { PurchaseStatus } from "~/db/enums";
import { enrollments, purchases } from "~/db/schema.server";
import {
  type CourseChange,
  courseChangeInserted,
  insertCourseChange,
} from "~/features/courses/course-changes.server";
import { allowedFrom, canSettle, type Settlement } from "./purchase-status";

export type SettleOutcome =
  | { kind: "settled"; userId: string }
  /** The current status does not allow the settlement. */
  | { kind: "conflict"; status: PurchaseStatus }
  | { kind: "not-found" };

const actions = {
  paid: "purchase-paid",
  cancelled: "purchase-cancelled",
  refunded: "purchase-refunded",
} as const;

/**
 * "paid" enrolls the buyer; "refunded" revokes an enrollment from a purchase, unless another paid
 * purchase covers the course (docs/decisions/0013-purchases.md). One batch. Idempotent.
 */
export async function settlePurchase(
  db: Database,
  {
    purchaseId,
    settlement,
    changedBy,
  }: { purchaseId: string; settlement: Settlement; changedBy: string },
  now: number,
): Promise<SettleOutcome> {
  const purchase = await findPurchase(db, purchaseId);
  if (!purchase) return { kind: "not-found" };
  if (purchase.status === settlement) return { kind: "settled", userId: purchase.userId };
  if (!canSettle(purchase.status, settlement)) {
    return { kind: "conflict", status: purchase.status };
  }
  const change = {
    id: uuidv7(),
    changedBy,
    action: actions[settlement],
    detail: purchase.providerReference,
    now,
  };
  const [, , , [updated]] = await runQuery(
    db.batch([
      insertCourseChange(db, change, settlementSubject(purchaseId, settlement)),
      db
        .update(purchases)
        .set({ status: settlement, ...timestamps(settlement, now) })
        .where(and(eq(purchases.id, purchaseId), courseChangeInserted(change))),
      settlement === "paid"
        ? grantEnrollment(db, purchaseId, change)
        : revokeEnrollment(db, purchaseId, change, settlement),
      db.select().from(purchases).where(eq(purchases.id, purchaseId)),
    ]),
  );
  if (!updated) return { kind: "not-found" };
  return updated.status === settlement
    ? { kind: "settled", userId: updated.userId }
    : { kind: "conflict", status: updated.status };
}

async function findPurchase(db: Database, purchaseId: string) {
  return runQuery(db.select().from(purchases).where(eq(purchases.id, purchaseId)).get());
}

function settlementSubject(purchaseId: string, settlement: Settlement): SQL {
  const from = JSON.stringify(allowedFrom[settlement]);
  return sql`select course_id, user_id from ${purchases}
    where id = ${purchaseId} and status in (select value from json_each(${from}))`;
}

function timestamps(settlement: Settlement, now: number) {
  if (settlement === "paid") return { paidAt: now, cancelledAt: null };
  return settlement === "cancelled" ? { cancelledAt: now } : { refundedAt: now };
}

function grantEnrollment(db: Database, purchaseId: string, change: CourseChange) {
  return db
    .insert(enrollments)
    .select(
      sql`select user_id, course_id, 'purchase', ${change.now}, null, null from ${purchases}
        where id = ${purchaseId} and ${courseChangeInserted(change)}`,
    )
    .onConflictDoUpdate({
      target: [enrollments.userId, enrollments.courseId],
      set: { source: "purchase", enrolledAt: change.now, revokedAt: null, revokedBecause: null },
      setWhere: sql`${enrollments.revokedAt} is not null`,
    });
}

function revokeEnrollment(
  db: Database,
  purchaseId: string,
  change: CourseChange,
  settlement: Exclude<Settlement, "paid">,
) {
  const otherPurchase = sql`exists (select 1 from ${purchases} other where other.user_id = ${enrollments.userId}
    and other.course_id = ${enrollments.courseId} and other.status = 'paid')`;
  return db
    .update(enrollments)
    .set({ revokedAt: change.now, revokedBecause: "refund" })
    .where(
      sql`${settlement} = 'refunded' and ${courseChangeInserted(change)} and ${enrollments.revokedAt} is null
        and ${enrollments.source} = 'purchase' and not ${otherPurchase}
        and (${enrollments.userId}, ${enrollments.courseId}) = (select user_id, course_id from ${purchases} where id = ${purchaseId})`,
    );
}
