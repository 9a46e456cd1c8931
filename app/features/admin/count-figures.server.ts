import { and, eq, gt, inArray, type SQL, sql } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import type { FigureName } from "~/db/enums";
import { courses, figures, users } from "~/db/schema.server";
import { isActiveAdmin } from "~/db/user-groups";
import { recordedOutcomes } from "./delivery-query";
import { selectMoney, toMoneyTotals } from "./money-totals.server";
import type { DeliveryTally, OverviewFigures, Windows } from "./overview-figures";

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
const maxBestCourses = 5;

/** Reads the rows of `figures`: their number depends on the age of the site, not on its users. */
export async function countFigures(db: Database, now: number): Promise<OverviewFigures> {
  const [daily, money, deliveries, thisMonth, lastMonth, [admins]] = await runQuery(
    db.batch([
      selectDaily(db, now),
      selectMoney(db, now),
      selectDeliveries(db, now),
      selectBestCourses(db, monthOf(now, 0)),
      selectBestCourses(db, monthOf(now, -1)),
      db.select({ n: sql<number>`count(*)` }).from(users).where(sql.raw(isActiveAdmin)),
    ]),
  );
  const windows = (figure: FigureName, key = ""): Windows => {
    const row = daily.find((one) => one.figure === figure && one.key === key);
    return { week: row?.week ?? 0, month: row?.month ?? 0, total: row?.total ?? 0 };
  };
  return {
    countedAt: now,
    users: windows("users", "present"),
    deletedUsers: windows("users", "deleted").total,
    admins: admins?.n ?? 0,
    enrollments: windows("enrollments"),
    completions: windows("completions"),
    activeLearners: windows("active-learners"),
    revenue: { month: toMoneyTotals(money, "month"), total: toMoneyTotals(money, "total") },
    bestCourses: { thisMonth, lastMonth },
    deliveries: { day: tally(deliveries, "day"), week: tally(deliveries, "week") },
  };
}

const dailyFigures = ["users", "enrollments", "completions", "active-learners"] as const;

function selectDaily(db: Database, now: number) {
  const today = Math.floor(now / dayMs);
  const since = (days: number) => sql`${figures.period} > ${today - days}`;
  return db
    .select({
      figure: figures.figure,
      key: figures.key,
      week: sql<number>`sum(iif(${since(7)}, count, 0))`.as("week"),
      month: sql<number>`sum(iif(${since(30)}, count, 0))`.as("month"),
      total: sql<number>`sum(count)`.as("total"),
    })
    .from(figures)
    .where(inArray(figures.figure, [...dailyFigures]))
    .groupBy(figures.figure, figures.key);
}

function selectDeliveries(db: Database, now: number) {
  const hour = Math.floor(now / hourMs);
  const inDay = (value: SQL) =>
    sql<number>`sum(iif(${figures.period} > ${hour - 24}, ${value}, 0))`;
  return db
    .select({
      outcome: figures.key,
      week: sql<number>`sum(count)`.as("week"),
      weekAgain: sql<number>`sum(amount)`.as("week_again"),
      day: inDay(sql`count`).as("day"),
      dayAgain: inDay(sql`amount`).as("day_again"),
    })
    .from(figures)
    .where(and(eq(figures.figure, "deliveries"), gt(figures.period, hour - 7 * 24)))
    .groupBy(figures.key);
}

type DeliveryRow = Awaited<ReturnType<typeof selectDeliveries>>[number];

function tally(rows: readonly DeliveryRow[], window: "day" | "week"): DeliveryTally {
  const of = (outcome: string) => rows.find((row) => row.outcome === outcome)?.[window] ?? 0;
  const [applied, stale, ignored, rejected] = recordedOutcomes.map(of);
  const again = rows.reduce((sum, row) => sum + row[`${window}Again`], 0);
  return {
    applied: applied ?? 0,
    stale: stale ?? 0,
    ignored: ignored ?? 0,
    rejected: rejected ?? 0,
    again,
  };
}

/** The courses with the most new learners of a month. */
function selectBestCourses(db: Database, month: number) {
  return db
    .select({ id: courses.id, title: courses.title, enrollments: figures.count })
    .from(figures)
    .innerJoin(courses, eq(courses.id, figures.key))
    .where(
      sql`${figures.figure} = 'course-enrollments' and ${figures.period} = ${month} and ${figures.count} > 0`,
    )
    .orderBy(sql`${figures.count} desc`)
    .limit(maxBestCourses);
}

/** Such as 202611, in UTC. */
function monthOf(now: number, offset: number): number {
  const date = new Date(now);
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset, 1));
  return first.getUTCFullYear() * 100 + first.getUTCMonth() + 1;
}
