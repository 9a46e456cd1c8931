import { and, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import { type Database, runQuery } from "~/db/client.server";
import { courses, lessons, renderedTexts } from "~/db/schema.server";
import type { ShownText } from "~/ui/shown-text";
import { renderMarkdown } from "./markdown.server";
import { findExcess } from "./markdown-limits";
import { oldestShownVersion, rendererVersion } from "./markdown-renderer-version";

/** Joins the HTML of a text that a query reads, where there is some to show. */
export const hasHtmlOf = (id: SQLiteColumn) =>
  and(eq(renderedTexts.textId, id), gte(renderedTexts.renderer, oldestShownVersion));

/** A text as pages show it: never parsed here. Until it is rendered, and if it cannot be, that is its source. */
export const toShownText = (source: string, html: string | null): ShownText =>
  html === null ? { source } : { html };

/**
 * Renders a text and stores its HTML: one statement, for the batch that saves the text. It changes nothing where another text
 * has been saved since. A text beyond the limits is noted as seen by this version of the renderer.
 */
export function storeHtml(db: Database, { id, source }: { id: string; source: string }) {
  const html = findExcess(source) === null ? renderMarkdown(source) : null;
  return db
    .update(renderedTexts)
    .set({ renderer: rendererVersion, html })
    .where(and(eq(renderedTexts.textId, id), sql`${sourceOf(id)} = ${source}`));
}

const sourceOf = (id: string): SQL =>
  sql`(select ${courses.description} from ${courses} where ${courses.id} = ${id}
    union all select ${lessons.body} from ${lessons} where ${lessons.id} = ${id})`;

/**
 * Some texts that no renderer, or an older one, has rendered.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
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
