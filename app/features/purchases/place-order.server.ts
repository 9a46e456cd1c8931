import { and, eq, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { type Database, runQuery } from "~/db/client.server";
import { courses, enrollments, lessons, purchases, users } from "~/db/schema.server";
import { activeUser } from "~/db/user-groups";
import type { Price } from "~/features/courses/money";
import { paymentProvider } from "./payment-provider.server";

export type OrderOutcome =
  | { kind: "ordered"; purchaseId: string; redirectUrl: string | null }
  | { kind: "already-enrolled" }
  /** An admin revoked the enrollment; only an admin can restore it. */
  | { kind: "closed" }
  /** The price differs from the one that the buyer saw. */
  | { kind: "price-changed" }
  | { kind: "not-found" };

export interface OrderRequest {
  userId: string;
  slug: string;
  /** The price that the buyer saw; only compared, never charged. */
  expected: Price;
}

/**
 * Orders a course at its price in D1, or returns the pending order if there is one.
 * @throws {ServiceUnavailableError} when D1 or the payment provider does not answer.
 */
export async function placeOrder(
  db: Database,
  request: OrderRequest,
  now: number,
): Promise<OrderOutcome> {
  const { course, enrollment, pending } = await findOrderState(db, request);
  if (enrollment?.revokedAt === null) return { kind: "already-enrolled" };
  if (pending) return toCheckout(pending);
  if (course?.status !== "published") return { kind: "not-found" };
  if (enrollment?.revokedBecause === "admin") return { kind: "closed" };
  const { priceMinor, currency, title } = course;
  const isExpectedPrice =
    priceMinor === request.expected.priceMinor && currency === request.expected.currency;
  if (priceMinor === 0 || !isExpectedPrice) return { kind: "price-changed" };
  const order = { id: uuidv7(), priceMinor, currency, title };
  const { reference } = await paymentProvider.startPayment(order);
  const pendingPurchase = await insertOrder(db, request, { ...order, reference }, now);
  return pendingPurchase ? toCheckout(pendingPurchase) : { kind: "price-changed" };
}

async function toCheckout({
  id,
  snapshot: { title },
  priceMinor,
  currency,
}: typeof purchases.$inferSelect): Promise<OrderOutcome> {
  const { redirectUrl } = await paymentProvider.startPayment({ id, priceMinor, currency, title });
  return { kind: "ordered", purchaseId: id, redirectUrl };
}

async function findOrderState(db: Database, { userId, slug }: OrderRequest) {
  const courseId = sql`(select id from ${courses} where slug = ${slug})`;
  const [[course], [enrollment], [pending]] = await runQuery(
    db.batch([
      db.select().from(courses).where(eq(courses.slug, slug)),
      db
        .select()
        .from(enrollments)
        .where(and(eq(enrollments.userId, userId), eq(enrollments.courseId, courseId))),
      db.select().from(purchases).where(pendingOrder(userId, courseId)),
    ]),
  );
  return { course, enrollment, pending };
}

const pendingOrder = (userId: string, courseId: ReturnType<typeof sql>) =>
  and(
    eq(purchases.userId, userId),
    eq(purchases.courseId, courseId),
    eq(purchases.status, "pending"),
  );

/** Returns the pending order, or null if the course is no longer sold at that price. */
async function insertOrder(
  db: Database,
  { userId, slug }: OrderRequest,
  order: Price & { id: string; reference: string },
  now: number,
): Promise<typeof purchases.$inferSelect | null> {
  const courseId = sql`(select id from ${courses} where slug = ${slug})`;
  const [, [pending]] = await runQuery(
    db.batch([
      db
        .insert(purchases)
        .select(
          sql`select ${order.id}, person.id, course.id, course.price_minor, course.currency, ${snapshot},
              'pending', ${paymentProvider.name}, ${order.reference}, ${now}, null, null, null
            from ${users} person join ${courses} course
            where person.id = ${userId} and ${sql.raw(activeUser("person"))} and course.slug = ${slug} and course.status = 'published'
              and course.price_minor = ${order.priceMinor} and course.currency = ${order.currency}`,
        )
        .onConflictDoNothing(),
      db.select().from(purchases).where(pendingOrder(userId, courseId)),
    ]),
  );
  return pending ?? null;
}

/** Matches `PurchaseSnapshot`. */
const snapshot = sql`json_object('slug', course.slug, 'title', course.title, 'summary', course.summary, 'cover', course.cover,
  'lessons', (select count(*) from ${lessons} where course_id = course.id and status <> 'private'))`;
