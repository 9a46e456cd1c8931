import { sql } from "drizzle-orm";

/** For CHECK constraints. */
export const sqlList = (values: readonly string[]) =>
  sql.raw(`(${values.map((value) => `'${value}'`).join(", ")})`);
