import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { CatalogueHero } from "~/components/courses/catalogue-hero";
import { CatalogueList } from "~/components/courses/catalogue-list";
import { NoCourses } from "~/components/courses/no-courses";
import { Pager } from "~/components/pager";
import { readCursor } from "~/db/cursor";
import { readCataloguePage } from "~/features/courses/catalogue-page.server";
import { pageMeta } from "~/page-meta";

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
