import { and, eq, sql } from "drizzle-orm";
import type { AppContext } from "~/context.server";
import { type Database, runQuery } from "~/db/client.server";
import type { SearchKind } from "~/db/enums";
import { searchFills } from "~/db/schema.server";
import {
  type Fill,
  type FillPage,
  readCourses,
  readPurchases,
  readUsers,
  rowsPerPage,
} from "./fill-pages.server";

/** A cron invocation has 30 s of CPU and 1,000 statements; a page takes five. */
const maxPages = 50;

const readPage: Record<SearchKind, (db: Database, fill: Fill) => Promise<FillPage>> = {
  user: readUsers,
  course: readCourses,
  purchase: readPurchases,
};

/**
 * Stores the words of rows that were written without them: those that existed before the search,
 * and purchases of a renamed course. Stops at the limits of one invocation; the next continues.
 */
export async function fillSearchWords({
  db,
  log,
}: Pick<AppContext, "db" | "log">): Promise<number> {
  let rows = 0;
  for (let pages = 0; pages < maxPages; pages++) {
    // Courses first: their words are copied to purchases.
    const fill = await runQuery(db.select().from(searchFills).orderBy(searchFills.kind).get());
    if (!fill) break;
    const page = await readPage[fill.kind](db, fill);
    await runQuery(db.batch([advance(db, fill, page), ...page.words]));
    rows += page.rows;
  }
  if (rows > 0) log("search.filled", { rows });
  return rows;
}

/** Does nothing if the fill was started again meanwhile. */
function advance(db: Database, fill: Fill, { rows, cursor }: FillPage) {
  const sameFill = and(
    eq(searchFills.kind, fill.kind),
    eq(searchFills.courseId, fill.courseId),
    eq(searchFills.cursor, fill.cursor),
  );
  return rows < rowsPerPage
    ? db.delete(searchFills).where(sameFill)
    : db
        .update(searchFills)
        .set({ cursor: sql`${cursor}` })
        .where(sameFill);
}
