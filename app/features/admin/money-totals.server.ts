import { inArray, sql } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import { type Currency, currencies, type FigureName } from "~/db/enums";
import { figures } from "~/db/schema.server";

const dayMs = 24 * 60 * 60 * 1000;

/** A query for a batch: amounts by figure and key, of the last 30 days (UTC) and of all time. */
export function selectMoney(db: Database, now: number) {
  const since = Math.floor(now / dayMs) - 30;
  return db
    .select({
      figure: figures.figure,
      key: figures.key,
      monthMinor: sql<number>`sum(iif(${figures.period} > ${since}, amount, 0))`.as("month_minor"),
      totalMinor: sql<number>`sum(amount)`.as("total_minor"),
    })
    .from(figures)
    .where(inArray(figures.figure, ["received", "refunds", "lost-disputes"]))
    .groupBy(figures.figure, figures.key);
}

type MoneyRows = Awaited<ReturnType<typeof selectMoney>>;

/** For each currency: what was received, by day of the order, and how much of it was returned. */
export function toMoneyTotals(rows: MoneyRows, window: "month" | "total") {
  const sumOf = (figure: FigureName, currency: Currency) =>
    rows.find((row) => row.figure === figure && row.key === currency)?.[`${window}Minor`] ?? 0;
  return currencies
    .map((currency) => ({
      currency,
      paid: sumOf("received", currency),
      refunded: sumOf("refunds", currency),
      lost: sumOf("lost-disputes", currency),
    }))
    .filter(({ paid }) => paid > 0);
}

/** The money of all orders and of those of the last 30 days, per currency. */
export async function loadMoneyTotals(db: Database, now: number) {
  const rows = await runQuery(selectMoney(db, now));
  return { month: toMoneyTotals(rows, "month"), total: toMoneyTotals(rows, "total") };
}

export type MoneyTotal = ReturnType<typeof toMoneyTotals>[number];
