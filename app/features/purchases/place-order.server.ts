import { and, eq, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import type { AppContext } from "~/context.server";
import { type Database, runQuery } from "~/db/client.server";
import { courses, enrollments, purchases } from "~/db/schema.server";
import type { Price } from "~/features/courses/money";
import { cancelStripeOrder } from "./cancel-order.server";
import { openCheckout } from "./checkout.server";
import { insertOrder, pendingOrder } from "./insert-order.server";
import { offeredProviders, type PaymentProvider } from "./payment-provider";

export type OrderOutcome =
  /** `paymentUrl` is null if there is nothing to pay on another page. */
  | { kind: "ordered"; purchaseId: string; paymentUrl: string | null }
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
  /** The first one offered by default. */
  provider?: PaymentProvider | undefined;
}

/** Continues the pending order, if any. An order may remain after a ServiceUnavailableError. */
export async function placeOrder(
  context: AppContext,
  request: OrderRequest,
  now: number,
): Promise<OrderOutcome> {
  const first = await orderOnce(context, request, now);
  // The old order has ended: it was paid, or a new one takes its place.
  return first ?? (await orderOnce(context, request, now)) ?? { kind: "price-changed" };
}

/** Null if a pending order has just ended. */
async function orderOnce(
  context: AppContext,
  request: OrderRequest,
  now: number,
): Promise<OrderOutcome | null> {
  const { course, enrollment, pending } = await findOrderState(context.db, request);
  if (enrollment?.revokedAt === null) return { kind: "already-enrolled" };
  if (pending) {
    const isOutdated = course !== undefined && !hasPrice(course, pending);
    return continueOrder(context, pending, isOutdated, request.userId, now);
  }
  if (course?.status !== "published") return { kind: "not-found" };
  if (enrollment?.revokedBecause === "admin") return { kind: "closed" };
  if (course.priceMinor === 0 || !hasPrice(course, request.expected)) {
    return { kind: "price-changed" };
  }
  const offered = offeredProviders(context.environment);
  const provider = offered.find((name) => name === request.provider) ?? offered[0] ?? "pay-later";
  const order = { id: uuidv7(), provider, price: request.expected };
  const inserted = await insertOrder(context, request, order, now);
  if (inserted === null) return { kind: "price-changed" };
  return continueOrder(context, inserted, false, request.userId, now);
}

const hasPrice = (course: Price, { priceMinor, currency }: Price) =>
  course.priceMinor === priceMinor && course.currency === currency;

type Order = typeof purchases.$inferSelect;

async function continueOrder(
  context: AppContext,
  order: Order,
  isOutdated: boolean,
  userId: string,
  now: number,
): Promise<OrderOutcome | null> {
  const { id: purchaseId, provider } = order;
  if (provider !== "stripe" || context.stripe === null) {
    return { kind: "ordered", purchaseId, paymentUrl: null };
  }
  if (isOutdated) {
    await cancelStripeOrder(context, { purchaseId, userId, changedBy: userId }, now);
    return null;
  }
  const checkout = await openCheckout(context, context.stripe, purchaseId, now);
  if (checkout.kind === "pay") return { kind: "ordered", purchaseId, paymentUrl: checkout.url };
  return checkout.isWaiting ? { kind: "ordered", purchaseId, paymentUrl: null } : null;
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
