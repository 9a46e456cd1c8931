import { and, eq, type SQL, sql } from "drizzle-orm";
import type { AppContext } from "~/context.server";
import { runQuery } from "~/db/client.server";
import { courses, lessons, payments, purchases, users } from "~/db/schema.server";
import { activeUser } from "~/db/user-groups";
import type { Price } from "~/features/courses/money";
import { newPayment } from "./checkout.server";
import type { PaymentProvider } from "./payment-provider";
import { paymentReference } from "./payment-reference";
import { storePurchaseWords } from "./purchase-words.server";

interface NewOrder {
  id: string;
  provider: PaymentProvider;
  price: Price;
}

export const pendingOrder = (userId: string, courseId: SQL) =>
  and(
    eq(purchases.userId, userId),
    eq(purchases.courseId, courseId),
    eq(purchases.status, "pending"),
  );

/** Returns the pending order, or null if the course is no longer sold at that price. */
export async function insertOrder(
  { db, stripe }: AppContext,
  { userId, slug }: { userId: string; slug: string },
  { id, provider, price }: NewOrder,
  now: number,
): Promise<typeof purchases.$inferSelect | null> {
  const courseId = sql`(select id from ${courses} where slug = ${slug})`;
  const reference = paymentReference(id);
  const payment = stripe && provider === "stripe" ? newPayment(stripe, now) : null;
  const [, , [pending]] = await runQuery(
    db.batch([
      db
        .insert(purchases)
        .select(
          sql`select ${id}, person.id, course.id, course.price_minor, course.currency, ${snapshot},
              'pending', ${provider}, ${reference}, ${now}, null, null, null, 0
            from ${users} person join ${courses} course
            where person.id = ${userId} and ${sql.raw(activeUser("person"))} and course.slug = ${slug} and course.status = 'published'
              and course.price_minor = ${price.priceMinor} and course.currency = ${price.currency}`,
        )
        .onConflictDoNothing(),
      db.insert(payments).select(
        sql`select bought.id, ${payment?.livemode ?? false}, 'open', 1, ${payment?.expiresAt ?? 0}, null, null, null, null, null,
            ${payment?.checkedAt ?? 0}, null, null, 0
          from ${purchases} bought where bought.id = ${id} and ${payment !== null}`,
      ),
      db.select().from(purchases).where(pendingOrder(userId, courseId)),
      storePurchaseWords(db, [{ id, references: [reference] }]),
    ]),
  );
  return pending ?? null;
}

/** Matches `PurchaseSnapshot`. */
const snapshot = sql`json_object('slug', course.slug, 'title', course.title, 'summary', course.summary, 'cover', course.cover,
  'lessons', (select count(*) from ${lessons} where course_id = course.id and status <> 'private'))`;
