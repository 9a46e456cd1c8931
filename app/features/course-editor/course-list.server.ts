import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, runQuery } from "~/db/client.server";
import { type Cursor, parseCursor } from "~/db/cursor";
import { courseStatuses } from "~/db/enums";
import { keysetPage, toPage } from "~/db/keyset-pagination.server";
import { courses } from "~/db/schema.server";
import { courseKeys } from "~/db/sort-keys";

const maxSearchLength = 120;

const querySchema = z.lazy(() =>
  z.object({
    q: z
      .string()
      .transform((text) => text.replaceAll("\0", "").trim().slice(0, maxSearchLength))
      .catch(""),
    status: z.enum(courseStatuses).nullable().catch(null),
  }),
);
export type CourseQuery = z.infer<typeof querySchema> & Cursor;

/** Parses search params; invalid values are ignored. */
export function parseCourseQuery(params: URLSearchParams): CourseQuery {
  const query = querySchema.parse({ q: params.get("q"), status: params.get("status") });
  return { ...query, ...parseCursor(params) };
}

/** One page of courses for admins, newest first, or by title for a search. */
export async function listCourses(db: Database, query: CourseQuery) {
  const prefix = query.q.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const key = query.q === "" ? courseKeys.newest : courseKeys.title;
  const page = keysetPage({
    table: courses,
    match: sql`status = arm.value ->> '$.status'`,
    ranges: courseStatuses
      .filter((status) => query.status === null || query.status === status)
      .map((status) => ({ status, prefix })),
    key,
    order: query.q === "" ? "desc" : "asc",
    cursor: query,
  });
  const found = await runQuery(
    db
      .select({
        id: courses.id,
        slug: courses.slug,
        title: courses.title,
        status: courses.status,
        priceMinor: courses.priceMinor,
        currency: courses.currency,
        updatedAt: courses.updatedAt,
        key: sql<string>`${sql.raw(key)}`.as("key"),
      })
      .from(courses)
      .where(page.where)
      .orderBy(page.orderBy)
      .limit(page.limit),
  );
  return toPage(found, query);
}
