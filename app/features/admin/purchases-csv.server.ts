import type { Database } from "~/db/client.server";
import { formatPriceInput } from "~/features/courses/money";
import { purchaseStatusLabels } from "~/features/purchases/purchase-status";
import { csvDate, streamCsv } from "./csv-stream.server";
import { findPurchases, type ListedPurchase, type PurchaseQuery } from "./purchase-list.server";

const header = [
  "reference",
  "status",
  "price",
  "currency",
  "course",
  "course_id",
  "buyer",
  "buyer_email",
  "buyer_id",
  "provider",
  "ordered",
  "paid",
  "canceled",
  "refunded",
];

const noPurchases = { rows: [], previous: null, next: null };

/** @throws {ServiceUnavailableError} if the first page fails; later, the download aborts. */
export const exportPurchases = (db: Database, query: PurchaseQuery) =>
  streamCsv({
    header,
    // The page offers no export of a search with too many matches.
    loadPage: async (cursor, length) =>
      (await findPurchases(db, { ...query, ...cursor }, length)) ?? noPurchases,
    toCells,
    tooLong: "Earlier purchases are not included. Export them status by status.",
  });

const toCells = ({ person, snapshot, ...purchase }: ListedPurchase) => [
  purchase.reference,
  purchaseStatusLabels[purchase.status],
  formatPriceInput(purchase),
  purchase.currency,
  snapshot.title,
  purchase.courseId,
  person.name,
  person.email,
  person.id,
  purchase.provider,
  csvDate(purchase.createdAt),
  csvDate(purchase.paidAt),
  csvDate(purchase.cancelledAt),
  csvDate(purchase.refundedAt),
];
