import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { parseCursor } from "~/db/cursor";
import { searchQuery } from "~/db/search/search-query";
import { CatalogHero } from "~/features/courses/components/catalog-hero";
import { EmptyCatalog } from "~/features/courses/components/empty-catalog";
import { shareImage } from "~/features/courses/share-image";
import {
  loadCatalogForViewer,
  searchCatalogForViewer,
} from "~/features/learning/catalog-page.server";
import { CatalogList } from "~/features/learning/components/catalog-list";
import { CatalogResults } from "~/features/learning/components/catalog-results";
import { pageMeta } from "~/layout/page-meta";
import italic from "~/styles/fonts/newsreader-italic-well.woff2";
import { Pager } from "~/ui/pager";

export const handle = { access: "public" };

export const links: LinksFunction = () => [
  { rel: "preload", href: italic, as: "font", type: "font/woff2", crossOrigin: "anonymous" },
];

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const page = data?.results ?? data?.catalog;
  if (!page) return [{ title: "Courses Platform" }];
  return pageMeta({
    title: titleOf(page),
    description: "Short, well-written courses that keep track of your progress.",
    url: page.url,
    image: shareImage("waves"),
  });
};

function titleOf(page: { query: string } | { isFirstPage: boolean }): string {
  if ("query" in page) return `“${page.query}” · Courses Platform`;
  return page.isFirstPage ? "Courses Platform" : "More courses · Courses Platform";
}

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const query = searchQuery.parse(searchParams.get("q"));
  const cursor = parseCursor(searchParams);
  return query === ""
    ? { results: null, catalog: await loadCatalogForViewer(context, cursor) }
    : { results: await searchCatalogForViewer(context, query, cursor), catalog: null };
}

export default function CatalogRoute() {
  const { results, catalog } = useLoaderData<typeof loader>();
  const { previous = null, next = null } = results?.page ?? catalog ?? {};
  return (
    <div className="mx-auto max-w-6xl px-5 pb-24 sm:px-8">
      {results && <CatalogResults {...results} courses={results.page?.rows ?? null} />}
      {catalog && <Catalog {...catalog} />}
      <Pager previous={previous} next={next} />
    </div>
  );
}

function Catalog({
  rows,
  progress,
  isFirstPage,
}: Pick<Awaited<ReturnType<typeof loadCatalogForViewer>>, "rows" | "progress" | "isFirstPage">) {
  return (
    <>
      {isFirstPage ? (
        <CatalogHero />
      ) : (
        <h1 className="py-12 text-title leading-[1.1]">More courses</h1>
      )}
      {rows.length === 0 ? (
        <EmptyCatalog isFirstPage={isFirstPage} />
      ) : (
        <CatalogList courses={rows} progress={progress} />
      )}
    </>
  );
}
