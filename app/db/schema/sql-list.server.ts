import { sql } from "drizzle-orm";

/** A list of known words as SQL, for a CHECK. */
export const sqlList = (values: readonly string[]) =>
  sql.raw(`(${values.map((value) => `'${value}'`).join(", ")})`);
