import { referenceWords } from "../../app/db/search/words.ts";
import type { ConsoleUser } from "./admin-console.ts";
import type { Platform } from "./platform.ts";
import { insertWords } from "./search-words.ts";

interface PurchaseOptions {
  userId: string;
  courseId: string;
  status?: "pending" | "paid" | "cancelled" | "refunded";
  priceMinor?: number;
  reference?: string;
  createdAt?: number;
}

/** Inserts a purchase without enrolling the user. Returns its id. */
export async function insertPurchase(
  { db }: Pick<Platform, "db">,
  options: PurchaseOptions,
): Promise<string> {
  const id = crypto.randomUUID();
  const { userId, courseId, status = "pending", priceMinor = 2_900 } = options;
  const { reference = `CP-${id}`, createdAt = Date.now() } = options;
  const at = (...statuses: string[]) => (statuses.includes(status) ? createdAt : null);
  const purchase = db
    .prepare(
      `insert into purchases (id, user_id, course_id, price_minor, currency, snapshot, status, provider, provider_reference,
         created_at, paid_at, cancelled_at, refunded_at)
       select ?, ?, id, ?, 'EUR', json_object('slug', slug, 'title', title, 'summary', summary, 'cover', cover, 'lessons',
         (select count(*) from lessons where course_id = courses.id)), ?, 'pay-later', ?, ?, ?, ?, ?
       from courses where id = ?`,
    )
    .bind(
      id,
      userId,
      priceMinor,
      status,
      reference,
      createdAt,
      at("paid", "refunded"),
      at("cancelled"),
      at("refunded"),
      courseId,
    );
  const words = referenceWords(reference).map((word) => ({ word, source: "reference" }));
  await db.batch([purchase, insertWords(db, "purchase", id, words)]);
  return id;
}

/** What Stripe has received for a purchase, in one payment. Returns the payment's id. */
export async function insertReceivedPayment({ db }: Pick<Platform, "db">, purchaseId: string) {
  const id = `pi_${purchaseId}`;
  await db.batch([
    db
      .prepare(
        "insert into payments (purchase_id, livemode, state, expires_at, payment_intent_id, checked_at) values (?, 0, 'paid', 1, ?, 1)",
      )
      .bind(purchaseId, id),
    db
      .prepare(
        "insert into received_payments select ?, id, price_minor, currency, 1 from purchases where id = ?",
      )
      .bind(id, purchaseId),
  ]);
  return id;
}

/** Refunds a purchase, by default in full, like the form on its page in the console. */
export const refundPurchase = (
  admin: ConsoleUser,
  purchaseId: string,
  fields: Record<string, string> = {},
): Promise<Response> =>
  admin.post(`/admin/purchases/${purchaseId}`, {
    intent: "refund",
    id: crypto.randomUUID(),
    amount: "",
    reason: "requested_by_customer",
    ...fields,
  });

/** Enrolls a user in a course. */
export async function insertEnrollment(
  { db }: Pick<Platform, "db">,
  { userId, courseId, at = Date.now() }: { userId: string; courseId: string; at?: number },
): Promise<void> {
  await db
    .prepare(
      "insert into enrollments (user_id, course_id, source, enrolled_at) values (?, ?, 'admin', ?)",
    )
    .bind(userId, courseId, at)
    .run();
}
