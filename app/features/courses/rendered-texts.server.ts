import { and, eq, gte } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import { renderedTexts } from "~/db/schema.server";
import type { MarkdownText } from "~/ui/markdown";
import { minServedVersion } from "./markdown-renderer-version";

export const hasRenderedHtml = (id: SQLiteColumn) =>
  and(eq(renderedTexts.textId, id), gte(renderedTexts.renderer, minServedVersion));

/** Pages show the source until its HTML is stored. */
export const toMarkdownText = (source: string, html: string | null): MarkdownText =>
  html === null ? { source } : { html };
