import { sql } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import { keysetPage } from "~/db/keyset-pagination.server";
import { purchases } from "~/db/schema.server";
import { attentionKey } from "~/db/sort-keys";
import { hasFailedRefund, hasOpenDispute, openFlag } from "~/features/purchases/open-flag.server";

const shownLimit = 10;
/** Counting reads a row each. */
const countLimit = 1_000;

/** The first purchases that an admin has to look at, decisions first, and how many there are. */
export async function listFlaggedPurchases(db: Database) {
  const page = keysetPage({
    table: purchases,
    match: sql`attention > 0`,
    ranges: [{ prefix: "" }],
    key: attentionKey,
    order: "desc",
    cursor: { after: null, before: null },
    length: shownLimit,
  });
  const counted = sql<number>`(select count(*) from
    (select 1 from ${purchases} flagged where flagged.attention > 0 limit ${countLimit + 1}))`;
  const rows = await runQuery(
    db
      .select({
        id: purchases.id,
        reference: purchases.providerReference,
        snapshot: purchases.snapshot,
        flag: openFlag.as("open_flag"),
        hasFailedRefund: hasFailedRefund.as("has_failed_refund"),
        hasOpenDispute: hasOpenDispute.as("has_open_dispute"),
        total: counted.as("total"),
      })
      .from(purchases)
      .where(page.where)
      .orderBy(page.orderBy)
      .limit(shownLimit),
  );
  const total = rows[0]?.total ?? 0;
  return { rows, count: Math.min(total, countLimit), isCountExact: total <= countLimit };
}

export type FlaggedPurchases = Awaited<ReturnType<typeof listFlaggedPurchases>>;
