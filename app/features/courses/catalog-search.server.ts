import { and, eq, sql } from "drizzle-orm";
import type { AppContext } from "~/context.server";
import { type Database, runQuery } from "~/db/client.server";
import type { Cursor } from "~/db/cursor";
import type { Page } from "~/db/keyset-pagination.server";
import { courses } from "~/db/schema.server";
import { findMatches, isMatch, pageOf } from "~/db/search/find-matches.server";
import { searchTerms } from "~/db/search/words";
import { type CatalogCourse, catalogColumns, catalogPageLength } from "./catalog.server";
import { createPublicCache } from "./public-cache.server";

interface Results {
  /** Null if there are too many. */
  page: Page<CatalogCourse> | null;
}

const readResults = createPublicCache<Results>();

/** Published courses by words of title and summary, with the canonical URL of the search. */
export async function searchCatalog(context: AppContext, query: string, cursor: Cursor) {
  const load = () => queryResults(context.db, query, cursor);
  const key = JSON.stringify([searchTerms(query), cursor.after, cursor.before]);
  const { page } = (await readResults(key, load)) ?? (await load());
  return {
    query,
    page,
    url: `${context.environment.SERVER_URL}/?${new URLSearchParams({ q: query })}`,
  };
}

async function queryResults(db: Database, query: string, cursor: Cursor): Promise<Results> {
  const isPublished = eq(courses.status, "published");
  const page = await findMatches(db, {
    kind: "course",
    query,
    cursor,
    filter: sql`exists (select 1 from ${courses} where ${courses.id} = found.row_id and ${isPublished})`,
    length: catalogPageLength,
  });
  if (page === null || page.rows.length === 0) return { page: page && pageOf(page, []) };
  const rows = db.select(catalogColumns).from(courses);
  return {
    page: pageOf(page, await runQuery(rows.where(and(isMatch(courses.id, page), isPublished)))),
  };
}
