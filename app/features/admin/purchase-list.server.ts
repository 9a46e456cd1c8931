import { and, eq, gt, gte, lt, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, runQuery } from "~/db/client.server";
import { type Cursor, parseCursor } from "~/db/cursor";
import { purchaseStatuses } from "~/db/enums";
import { keysetPage, newestKey, pageLength, toPage } from "~/db/keyset-pagination.server";
import { payments, purchases, users } from "~/db/schema.server";
import { findMatches, isMatch, pageOf } from "~/db/search/find-matches.server";
import { searchQuery } from "~/db/search/search-query";
import { attentionKey, purchaseKey } from "~/db/sort-keys";
import { hasFailedRefund, hasOpenDispute, openFlag } from "~/features/purchases/open-flag.server";
import { idField } from "~/http/id-field";

const dateSchema = z.lazy(() => z.iso.date().nullable().catch(null));

const querySchema = z.lazy(() =>
  z.object({
    q: searchQuery,
    person: idField.nullable().catch(null),
    status: z.enum(purchaseStatuses).nullable().catch(null),
    attention: z.literal("needed").nullable().catch(null),
    /** The first and the last day of the order, in UTC. */
    from: dateSchema,
    to: dateSchema,
  }),
);
export type PurchaseQuery = z.infer<typeof querySchema> & Cursor;

/** Parses search params; invalid values are ignored. */
export function parsePurchaseQuery(params: URLSearchParams): PurchaseQuery {
  const query = querySchema.parse(
    Object.fromEntries(
      ["q", "person", "status", "attention", "from", "to"].map((name) => [name, params.get(name)]),
    ),
  );
  return { ...query, ...parseCursor(params) };
}

/** The person whose purchases are listed. */
export async function findBuyer(db: Database, { person }: PurchaseQuery) {
  if (person === null) return null;
  const columns = { id: users.id, name: users.name };
  const [buyer = null] = await runQuery(db.select(columns).from(users).where(eq(users.id, person)));
  return buyer;
}

const dayMs = 24 * 60 * 60 * 1000;

/** The times of the order that pass the filter: at or after `from`, before `to`. */
function orderTimes({ from, to }: Pick<PurchaseQuery, "from" | "to">) {
  if (from === null && to === null) return null;
  return {
    from: from === null ? 0 : Math.max(0, Date.parse(from)),
    to: to === null ? maxTime : Math.max(0, Date.parse(to) + dayMs),
  };
}

/** The last time that a date can have. */
const maxTime = 8_640_000_000_000_000;

export function findPurchases(db: Database, query: PurchaseQuery, length = pageLength) {
  if (query.q !== "") return searchPurchases(db, query, length);
  return query.attention === null
    ? listPurchases(db, query, length)
    : listPurchasesNeedingAttention(db, query, length);
}

/** Lists one page of all purchases or of those of one person, newest first. */
async function listPurchases(db: Database, query: PurchaseQuery, length = pageLength) {
  const times = orderTimes(query);
  const page = keysetPage({
    table: purchases,
    match: query.person === null ? hasStatus : sql`user_id = ${query.person} and +${hasStatus}`,
    ranges: purchaseStatuses
      .filter((status) => query.status === null || query.status === status)
      .map((status) => ({ status, prefix: "" })),
    key: purchaseKey,
    order: "desc",
    cursor: query,
    keys: times && { from: `${keyBase + times.from}`, to: `${keyBase + times.to}` },
    length,
  });
  const rows = await runQuery(
    selectPurchases(db)
      .where(sql`${purchases}.${page.where}`)
      .orderBy(query.before === null ? sql`key desc` : sql`key asc`)
      .limit(page.limit),
  );
  return toPage(rows, query, length);
}

async function listPurchasesNeedingAttention(db: Database, query: PurchaseQuery, length: number) {
  const page = keysetPage({
    table: purchases,
    match: sql`attention > 0 and ${and(sql`true`, ...columnFilters(query))}`,
    ranges: [{ prefix: "" }],
    key: attentionKey,
    order: "desc",
    cursor: query,
    length,
  });
  const rows = await runQuery(
    selectPurchases(db, sql<string>`${purchases.attention} || (${newestKey(purchases)})`)
      .where(sql`${purchases}.${page.where}`)
      .orderBy(query.before === null ? sql`key desc` : sql`key asc`)
      .limit(page.limit),
  );
  return toPage(rows, query, length);
}

const hasStatus = sql`status = arm.value ->> '$.status'`;

const keyBase = 1_000_000_000_000_000;

export type ListedPurchase = Awaited<ReturnType<typeof listPurchases>>["rows"][number];

function selectPurchases(db: Database, key = newestKey(purchases)) {
  return db
    .select({
      id: purchases.id,
      person: { id: users.id, name: users.name, email: users.email },
      courseId: purchases.courseId,
      snapshot: purchases.snapshot,
      priceMinor: purchases.priceMinor,
      currency: purchases.currency,
      status: purchases.status,
      reference: purchases.providerReference,
      provider: purchases.provider,
      paymentState: payments.state,
      flag: openFlag.as("open_flag"),
      hasFailedRefund: hasFailedRefund.as("has_failed_refund"),
      hasOpenDispute: hasOpenDispute.as("has_open_dispute"),
      createdAt: purchases.createdAt,
      paidAt: purchases.paidAt,
      cancelledAt: purchases.cancelledAt,
      refundedAt: purchases.refundedAt,
      key: key.as("key"),
    })
    .from(purchases)
    .innerJoin(users, eq(users.id, purchases.userId))
    .leftJoin(payments, eq(payments.purchaseId, purchases.id));
}

/** By words of references, buyer and course. */
async function searchPurchases(db: Database, query: PurchaseQuery, length: number) {
  const page = await findMatches(db, {
    kind: "purchase",
    query: query.q,
    cursor: query,
    filter: purchaseFilter(query),
    group:
      query.person === null
        ? undefined
        : sql`select id as row_id from ${purchases} where user_id = ${query.person}`,
    length,
  });
  if (page === null || page.rows.length === 0) return page && pageOf(page, []);
  return pageOf(page, await runQuery(selectPurchases(db).where(isMatch(purchases.id, page))));
}

function purchaseFilter(query: PurchaseQuery): SQL | undefined {
  const filters = columnFilters({ ...query, person: null });
  const all = query.attention === null ? filters : [...filters, gt(purchases.attention, 0)];
  if (all.length === 0) return undefined;
  return sql`exists (select 1 from ${purchases} where ${and(sql`${purchases.id} = found.row_id`, ...all)})`;
}

function columnFilters({ person, status, ...query }: PurchaseQuery): SQL[] {
  const times = orderTimes(query);
  return [
    ...(person === null ? [] : [eq(purchases.userId, person)]),
    ...(status === null ? [] : [eq(purchases.status, status)]),
    ...(times === null
      ? []
      : [gte(purchases.createdAt, times.from), lt(purchases.createdAt, times.to)]),
  ];
}
