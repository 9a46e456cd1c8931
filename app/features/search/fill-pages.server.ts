import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { type Database, runQuery } from "~/db/client.server";
import { courses, payments, purchases, type searchFills, users } from "~/db/schema.server";
import { storeCourseWords } from "~/features/courses/course-words.server";
import {
  copyWordsToPurchases,
  storePurchaseWords,
} from "~/features/purchases/purchase-words.server";
import { storeUserWords } from "~/features/users/user-words.server";

export const rowsPerPage = 200;

export type Fill = typeof searchFills.$inferSelect;

export interface FillPage {
  rows: number;
  /** The last row. */
  cursor: string;
  /** Statements that store the words, for one batch. */
  words: readonly BatchItem<"sqlite">[];
}

export async function readUsers(db: Database, { cursor }: Fill): Promise<FillPage> {
  const found = await runQuery(
    db
      .select({
        id: users.id,
        clerkUserId: users.clerkUserId,
        name: users.name,
        email: users.email,
      })
      .from(users)
      .where(and(gt(users.id, cursor), isNull(users.deletedAt)))
      .orderBy(users.id)
      .limit(rowsPerPage),
  );
  const last = found.at(-1)?.id ?? cursor;
  return { rows: found.length, cursor: last, words: storeUserWords(db, found) };
}

export async function readCourses(db: Database, { cursor }: Fill): Promise<FillPage> {
  const found = await runQuery(
    db
      .select({ id: courses.id, title: courses.title, summary: courses.summary })
      .from(courses)
      .where(gt(courses.id, cursor))
      .orderBy(courses.id)
      .limit(rowsPerPage),
  );
  const last = found.at(-1)?.id ?? cursor;
  return { rows: found.length, cursor: last, words: storeCourseWords(db, found) };
}

/** All purchases by id, or those of one course by buyer, as the indexes have them. */
export async function readPurchases(db: Database, fill: Fill): Promise<FillPage> {
  const [userId = "", id = ""] = fill.cursor.split(" ");
  const { sessionId, paymentIntentId } = payments;
  const ofCourse = and(
    eq(purchases.courseId, fill.courseId),
    sql`${purchases.userId} >= ${userId} and (${purchases.userId} > ${userId} or ${purchases.id} > ${id})`,
  );
  const found = await runQuery(
    db
      .select({
        id: purchases.id,
        userId: purchases.userId,
        title: sql<string>`coalesce(${purchases.snapshot} ->> '$.title', '')`,
        reference: purchases.providerReference,
        sessionId,
        paymentIntentId,
      })
      .from(purchases)
      .leftJoin(payments, eq(payments.purchaseId, purchases.id))
      .where(fill.courseId === "" ? gt(purchases.id, fill.cursor) : ofCourse)
      .orderBy(...(fill.courseId === "" ? [purchases.id] : [purchases.userId, purchases.id]))
      .limit(rowsPerPage),
  );
  const texts = found.map(({ id, title, reference, sessionId, paymentIntentId }) => ({
    id,
    title,
    references: [reference, sessionId, paymentIntentId],
  }));
  const last = found.at(-1);
  const next = fill.courseId === "" ? last?.id : last && `${last.userId} ${last.id}`;
  return {
    rows: found.length,
    cursor: next ?? fill.cursor,
    words: [
      storePurchaseWords(db, texts),
      copyWordsToPurchases(
        db,
        found.map(({ id }) => id),
      ),
    ],
  };
}
