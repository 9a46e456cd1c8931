import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, runQuery } from "~/db/client.server";
import { type Cursor, parseCursor } from "~/db/cursor";
import { courseStatuses } from "~/db/enums";
import { keysetPage, type Page, toPage } from "~/db/keyset-pagination.server";
import { courses } from "~/db/schema.server";
import { findMatches, isMatch, pageOf } from "~/db/search/find-matches.server";
import { searchQuery } from "~/db/search/search-query";
import { courseKeys } from "~/db/sort-keys";

const querySchema = z.lazy(() =>
  z.object({ q: searchQuery, status: z.enum(courseStatuses).nullable().catch(null) }),
);
export type CourseQuery = z.infer<typeof querySchema> & Cursor;

/** Parses search params; invalid values are ignored. */
export function parseCourseQuery(params: URLSearchParams): CourseQuery {
  const query = querySchema.parse({ q: params.get("q"), status: params.get("status") });
  return { ...query, ...parseCursor(params) };
}

const columns = {
  id: courses.id,
  slug: courses.slug,
  title: courses.title,
  status: courses.status,
  priceMinor: courses.priceMinor,
  currency: courses.currency,
  updatedAt: courses.updatedAt,
};
type ListedCourse = Pick<typeof courses.$inferSelect, keyof typeof columns>;

/** One page of courses for admins; null if a search has too many matches. */
export function findCourses(db: Database, query: CourseQuery): Promise<Page<ListedCourse> | null> {
  return query.q === "" ? listCourses(db, query) : searchCourses(db, query);
}

async function listCourses(db: Database, query: CourseQuery): Promise<Page<ListedCourse>> {
  const key = courseKeys.newest;
  const page = keysetPage({
    table: courses,
    match: sql`status = arm.value ->> '$.status'`,
    ranges: courseStatuses
      .filter((status) => query.status === null || query.status === status)
      .map((status) => ({ status, prefix: "" })),
    key,
    order: "desc",
    cursor: query,
  });
  const found = await runQuery(
    db
      .select({ ...columns, key: sql<string>`${sql.raw(key)}`.as("key") })
      .from(courses)
      .where(page.where)
      .orderBy(page.orderBy)
      .limit(page.limit),
  );
  return toPage(found, query);
}

/** By words of title and summary. */
async function searchCourses(db: Database, query: CourseQuery): Promise<Page<ListedCourse> | null> {
  const { q, status } = query;
  const filter = sql`exists (select 1 from ${courses} where ${courses.id} = found.row_id and ${courses.status} = ${status})`;
  const page = await findMatches(db, {
    kind: "course",
    query: q,
    cursor: query,
    filter: status === null ? undefined : filter,
  });
  if (page === null || page.rows.length === 0) return page && pageOf(page, []);
  const rows = db.select(columns).from(courses);
  return pageOf(page, await runQuery(rows.where(isMatch(courses.id, page))));
}
