import { and, eq, lt, type SQL, sql } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import { courses, lessons, renderedTexts } from "~/db/schema.server";
import { renderMarkdown } from "./markdown.server";
import { markdownLimitError } from "./markdown-limits";
import { rendererVersion } from "./markdown-renderer-version";

/** For the batch that saves the text. Null over the limits, so that it is not rendered again. */
export function storeHtml(db: Database, { id, source }: { id: string; source: string }) {
  const html = markdownLimitError(source) === null ? renderMarkdown(source) : null;
  return db
    .update(renderedTexts)
    .set({ renderer: rendererVersion, html })
    .where(and(eq(renderedTexts.textId, id), sql`${sourceOf(id)} = ${source}`));
}

const sourceOf = (id: string): SQL =>
  sql`(select ${courses.description} from ${courses} where ${courses.id} = ${id}
    union all select ${lessons.body} from ${lessons} where ${lessons.id} = ${id})`;

/** Texts not yet rendered by the current renderer version. */
export async function findOutdatedTexts(db: Database, limit: number) {
  const source = sql<string>`coalesce(${courses.description}, ${lessons.body}, '')`;
  return runQuery(
    db
      .select({ id: renderedTexts.textId, source })
      .from(renderedTexts)
      .leftJoin(courses, eq(courses.id, renderedTexts.textId))
      .leftJoin(lessons, eq(lessons.id, renderedTexts.textId))
      .where(lt(renderedTexts.renderer, rendererVersion))
      .limit(limit),
  );
}
