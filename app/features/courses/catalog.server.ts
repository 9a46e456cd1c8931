import { sql } from "drizzle-orm";
import * as z from "zod";
import { readThrough, writeCached } from "~/cache/read-through.server";
import type { AppContext } from "~/context.server";
import { type Database, runQuery } from "~/db/client.server";
import type { Cursor } from "~/db/cursor";
import { covers, currencies } from "~/db/enums";
import { keysetPage, type Page, toPage } from "~/db/keyset-pagination.server";
import { courses, lessons } from "~/db/schema.server";
import { courseKeys } from "~/db/sort-keys";
import type { UserStore } from "~/features/users/user-cache.server";
import { errorFields } from "~/log/log.server";
import { clearPublicCaches, createPublicCache } from "./public-cache.server";

type CatalogStore = UserStore;

const cardSchema = z.lazy(() =>
  z.object({
    id: z.string(),
    slug: z.string(),
    title: z.string(),
    summary: z.string(),
    cover: z.enum(covers),
    priceMinor: z.number(),
    currency: z.enum(currencies),
    lessons: z.number(),
    minutes: z.number(),
    key: z.string(),
  }),
);
export type CatalogCourse = z.infer<typeof cardSchema>;

const pageSchema = z.lazy(() =>
  z.object({
    rows: z.array(cardSchema),
    previous: z.string().nullable(),
    next: z.string().nullable(),
  }),
);

export const catalogPageLength = 12;
const firstPage: Cursor = { after: null, before: null };

/** 60 s is the minimum TTL in KV (docs/decisions/0020-catalog-cache.md). */
const firstPageEntry = { key: "catalog:v1", schema: pageSchema, ttlSeconds: 60 };

/** One page of the published courses, newest first, with its canonical URL. */
export async function loadCatalogPage(context: AppContext, cursor: Cursor) {
  const page = await getCatalogPage(context, cursor);
  const name = cursor.after === null ? "before" : "after";
  const key = cursor[name];
  const isFirstPage = page.previous === null && (key === null || page.rows.length > 0);
  const path = isFirstPage || key === null ? "/" : `/?${new URLSearchParams({ [name]: key })}`;
  return { ...page, isFirstPage, url: context.environment.SERVER_URL + path };
}

/** The first page is cached in KV, the others in this isolate. */
async function getCatalogPage(store: CatalogStore, cursor: Cursor): Promise<Page<CatalogCourse>> {
  if (cursor.after !== null || cursor.before !== null) return getLaterPage(store.db, cursor);
  const load = () => queryCatalog(store.db, firstPage);
  const cached = readThrough<Page<CatalogCourse>>(store, firstPageEntry, load, store.waitUntil);
  return (await cached) ?? load();
}

const readLaterPage = createPublicCache<Page<CatalogCourse>>();

async function getLaterPage(db: Database, cursor: Cursor): Promise<Page<CatalogCourse>> {
  const load = () => queryCatalog(db, cursor);
  return (await readLaterPage(JSON.stringify([cursor.after, cursor.before]), load)) ?? load();
}

/** Rewrites what is cached. Never throws: the old copies expire within a minute. */
export async function refreshCatalogCache({ db, kv, log }: CatalogStore): Promise<void> {
  clearPublicCaches();
  try {
    const page = await queryCatalog(db, firstPage);
    await writeCached<Page<CatalogCourse>>({ kv, log }, firstPageEntry, page);
  } catch (error) {
    log("catalog.refresh_failed", errorFields(error));
  }
}

const visibleLessons = sql`from ${lessons} where ${lessons.courseId} = ${courses}.id and ${lessons.status} <> 'private'`;

export const catalogColumns = {
  id: courses.id,
  slug: courses.slug,
  title: courses.title,
  summary: courses.summary,
  cover: courses.cover,
  priceMinor: courses.priceMinor,
  currency: courses.currency,
  lessons: sql<number>`(select count(*) ${visibleLessons})`.as("lessons"),
  minutes: sql<number>`(select total(${lessons.durationMinutes}) ${visibleLessons})`.as("minutes"),
  key: sql<string>`${sql.raw(courseKeys.newest)}`.as("key"),
};

async function queryCatalog(db: Database, cursor: Cursor): Promise<Page<CatalogCourse>> {
  const page = keysetPage({
    table: courses,
    match: sql`status = 'published'`,
    ranges: [{ prefix: "" }],
    key: courseKeys.newest,
    order: "desc",
    cursor,
    length: catalogPageLength,
  });
  const found = await runQuery(
    db
      .select(catalogColumns)
      .from(courses)
      .where(sql`${courses}.${page.where}`)
      .orderBy(page.orderBy)
      .limit(page.limit),
  );
  return toPage(found, cursor, catalogPageLength);
}
