import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { parseCursor } from "~/db/cursor";
import { CatalogHero } from "~/features/courses/components/catalog-hero";
import { EmptyCatalog } from "~/features/courses/components/empty-catalog";
import { shareImage } from "~/features/courses/share-image";
import { loadCatalogForViewer } from "~/features/learning/catalog-page.server";
import { CatalogList } from "~/features/learning/components/catalog-list";
import { pageMeta } from "~/layout/page-meta";
import italic from "~/styles/fonts/newsreader-italic-letters.woff2";
import { Pager } from "~/ui/pager";

export const handle = { access: "public" };

export const links: LinksFunction = () => [
  { rel: "preload", href: italic, as: "font", type: "font/woff2", crossOrigin: "anonymous" },
];

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data
    ? pageMeta({
        title: data.isFirstPage ? "Courses Platform" : "More courses · Courses Platform",
        description: "Short, well-written courses that keep track of your progress.",
        url: data.url,
        image: shareImage("waves"),
      })
    : [{ title: "Courses Platform" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  return loadCatalogForViewer(context, parseCursor(new URL(request.url).searchParams));
}

export default function CatalogRoute() {
  const { rows, progress, previous, next, isFirstPage } = useLoaderData<typeof loader>();
  return (
    <div className="mx-auto max-w-6xl px-5 pb-24 sm:px-8">
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
      <Pager previous={previous} next={next} />
    </div>
  );
}
