import { eq, sql } from "drizzle-orm";
import { hasEnded, isActive } from "~/access/active-user.server";
import type { AppContext } from "~/context.server";
import { runQuery } from "~/db/client.server";
import type { Cursor } from "~/db/cursor";
import { enrollments, users } from "~/db/schema.server";
import { loadCatalogPage } from "~/features/courses/catalog.server";
import { searchCatalog } from "~/features/courses/catalog-search.server";
import { type CourseProgress, progressSchema } from "~/features/users/recent-courses";
import { selectProgress } from "./recent-courses-query.server";

/** One page of the catalog, with the progress in the courses of the user, by id. */
export async function loadCatalogForViewer(context: AppContext, cursor: Cursor) {
  const page = await loadCatalogPage(context, cursor);
  const ids = page.rows.map(({ id }) => id);
  return { ...page, progress: await loadProgress(context, ids) };
}

/** The same for a search. */
export async function searchCatalogForViewer(context: AppContext, query: string, cursor: Cursor) {
  const results = await searchCatalog(context, query, cursor);
  const ids = results.page?.rows.map(({ id }) => id) ?? [];
  return { ...results, progress: await loadProgress(context, ids) };
}

/** One statement. Empty unless the session and its user are active. */
async function loadProgress({ db, session }: AppContext, courseIds: readonly string[]) {
  const progress: Record<string, CourseProgress> = {};
  if (!session || courseIds.length === 0) return progress;
  const listed = sql`${enrollments.courseId} in (select value from json_each(${JSON.stringify(courseIds)}))`;
  const rows = await runQuery(
    db
      .select({
        courseId: enrollments.courseId,
        deletedAt: users.deletedAt,
        bannedAt: users.bannedAt,
        endedSessions: users.endedSessions,
        progress: selectProgress(sql`${users.id}`, sql`${enrollments.courseId}`),
      })
      .from(users)
      .innerJoin(
        enrollments,
        sql`${enrollments.userId} = ${users.id} and ${enrollments.revokedAt} is null and ${listed}`,
      )
      .where(eq(users.clerkUserId, session.clerkUserId)),
  );
  for (const row of rows) {
    if (!isActive(row) || hasEnded(session, row)) continue;
    progress[row.courseId] = progressSchema.parse(JSON.parse(row.progress));
  }
  return progress;
}
