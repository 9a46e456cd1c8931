import { eq, sql } from "drizzle-orm";
import * as z from "zod";
import { readThrough } from "~/cache/read-through.server";
import type { AppContext } from "~/context.server";
import { type Database, runQuery } from "~/db/client.server";
import { courses } from "~/db/schema.server";
import { courseKeys } from "~/db/sort-keys";
import { coursePath } from "./course-urls";

/** One less than a sitemap may have, for the catalog (https://www.sitemaps.org/protocol.html). */
const maxCourses = 49_999;

/** Cached like the first page of the catalog (docs/decisions/0020-catalog-cache.md). */
const sitemapEntry = { key: "sitemap:v1", schema: z.lazy(() => z.string()), ttlSeconds: 60 };

/** Lists the catalog and the published courses, newest first. */
export async function loadSitemap(context: AppContext): Promise<string> {
  const load = () => createSitemap(context.db, context.environment.SERVER_URL);
  const cached = readThrough<string>(context, sitemapEntry, load, context.waitUntil);
  return (await cached) ?? load();
}

async function createSitemap(db: Database, origin: string): Promise<string> {
  const published = await runQuery(
    db
      .select({ slug: courses.slug, updatedAt: courses.updatedAt })
      .from(courses)
      .where(eq(courses.status, "published"))
      .orderBy(sql`${sql.raw(courseKeys.newest)} desc`)
      .limit(maxCourses),
  );
  // Origins and slugs need no escaping.
  const urls = published.map(({ slug, updatedAt }) => {
    const lastModified = new Date(updatedAt).toISOString();
    return `<url><loc>${origin}${coursePath(slug)}</loc><lastmod>${lastModified}</lastmod></url>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    `<url><loc>${origin}/</loc></url>`,
    ...urls,
    "</urlset>\n",
  ].join("\n");
}
