import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

/** The rank of a column's value. */
export const rankOf = (column: SQLWrapper, ranks: Record<string, number>): SQL =>
  sql`case ${column} ${sql.join(
    Object.entries(ranks).map(([value, rank]) => sql`when ${value} then ${rank}`),
    sql` `,
  )} end`;
