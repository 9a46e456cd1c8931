import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { readCursor } from "~/db/cursor";
import { readCataloguePage } from "~/features/courses/catalog-page.server";
import { CatalogueHero } from "~/features/courses/components/catalog-hero";
import { CatalogueList } from "~/features/courses/components/catalog-list";
import { NoCourses } from "~/features/courses/components/empty-catalog";
import { pageMeta } from "~/layout/page-meta";
import { Pager } from "~/ui/pager";

export const handle = { access: "public" };

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageMeta({
    title: data?.isStart === false ? "More courses · Courses Platform" : "Courses Platform",
    description: "Short, well-written courses, and your progress kept.",
    url: data?.url ?? "/",
  });

export async function loader({ request, context }: LoaderFunctionArgs) {
  return readCataloguePage(context, readCursor(new URL(request.url).searchParams));
}

export default function Catalogue() {
  const { rows, previous, next, isStart } = useLoaderData<typeof loader>();
  return (
    <div className="mx-auto max-w-6xl px-5 pb-24 sm:px-8">
      {isStart ? (
        <CatalogueHero />
      ) : (
        <h1 className="py-12 text-title leading-[1.1]">More courses</h1>
      )}
      {rows.length === 0 ? <NoCourses isStart={isStart} /> : <CatalogueList courses={rows} />}
      <Pager previous={previous} next={next} />
    </div>
  );
}
