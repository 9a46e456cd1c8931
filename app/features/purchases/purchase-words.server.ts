import { type SQL, sql } from "drizzle-orm";
import type { Database } from "~/db/client.server";
import { payments, purchases, receivedPayments, searchWords } from "~/db/schema.server";
import { addWords } from "~/db/search/store-words.server";
import { referenceWords, wordsOf } from "~/db/search/words";
import type { CheckoutSession } from "~/stripe/checkout-session.server";

/** A purchase keeps its words: references and the title at the time of the order never change. */
interface PurchaseTexts {
  id: string;
  references: readonly (string | null)[];
  title?: string;
}

/** For the batch that inserts the purchases; skips those that were not inserted. */
export function storePurchaseWords(db: Database, texts: readonly PurchaseTexts[]) {
  return addPurchaseWords(db, texts, sql`true`);
}

/** For the batch that stores Stripe's references of a payment; skips those that were not stored. */
export function storePaymentWords(
  db: Database,
  purchaseId: string,
  { id, paymentIntentId }: Pick<CheckoutSession, "id" | "paymentIntentId">,
) {
  const isStored = sql`(exists (select 1 from ${payments} payment where payment.purchase_id = bought.id
      and payment.session_id = ${id} and payment.payment_intent_id is ${paymentIntentId})
    or exists (select 1 from ${receivedPayments} where purchase_id = bought.id
      and ${receivedPayments.id} = ${paymentIntentId}))`;
  return addPurchaseWords(db, [{ id: purchaseId, references: [id, paymentIntentId] }], isStored);
}

function addPurchaseWords(db: Database, texts: readonly PurchaseTexts[], condition: SQL) {
  const withWords = texts.map(({ id, references, title = "" }) => ({
    id,
    words: [
      ...references
        .flatMap((reference) => referenceWords(reference ?? ""))
        .map((word) => ({ word, source: "reference" })),
      ...wordsOf(title).map((word) => ({ word, source: "title" })),
    ],
  }));
  return addWords(
    db,
    "purchase",
    sql`select bought.id as row_id, w.value ->> '$.word' as word, w.value ->> '$.source' as source
      from json_each(${JSON.stringify(withWords)}) saved cross join ${purchases} bought on bought.id = saved.value ->> '$.id'
      cross join json_each(saved.value, '$.words') w where ${condition}`,
  );
}

/** What triggers do when a purchase is inserted: words of the buyer and of the course's title. */
export function copyWordsToPurchases(db: Database, ids: readonly string[]) {
  return addWords(
    db,
    "purchase",
    sql`with bought as materialized (select id, user_id, course_id from ${purchases}
        where id in (select value from json_each(${JSON.stringify(ids)})))
      select id as row_id, word, source from bought join ${searchWords} on kind = 'user' and row_id = user_id
      union all select id, word, source from bought join ${searchWords}
        on kind = 'course' and row_id = course_id and source = 'title'`,
  );
}
