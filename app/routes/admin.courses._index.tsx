import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/cloudflare";
import { Link, useLoaderData } from "@remix-run/react";
import { can } from "~/access/permissions";
import { requirePermission } from "~/access/require-permission.server";
import { CourseFilter } from "~/features/course-editor/components/course-filter";
import { CourseTable } from "~/features/course-editor/components/course-table";
import { findCourses, parseCourseQuery } from "~/features/course-editor/course-list.server";
import { Page } from "~/layout/page";
import { buttonClass } from "~/ui/button";
import { Pager } from "~/ui/pager";
import { TooManyMatches } from "~/ui/too-many-matches";

export const handle = { access: "admin" };

export const meta: MetaFunction = () => [{ title: "Courses · Admin · Courses Platform" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { role } = requirePermission(context, "courses.read");
  const query = parseCourseQuery(new URL(request.url).searchParams);
  return { role, query, page: await findCourses(context.db, query) };
}

export default function Courses() {
  const { role, query, page } = useLoaderData<typeof loader>();
  const isFiltered = query.q !== "" || query.status !== null;
  return (
    <Page title="Courses">
      <div className="grid gap-8">
        <div className="flex flex-wrap items-end gap-4">
          <CourseFilter query={query} />
          {can(role, "courses.edit") && (
            <Link to="/admin/courses/new" className={buttonClass("primary")}>
              New course
            </Link>
          )}
        </div>
        {page === null ? (
          <TooManyMatches />
        ) : page.rows.length > 0 ? (
          <div>
            <CourseTable
              caption={query.q ? `Courses matching “${query.q}”` : "Courses"}
              courses={page.rows}
            />
            <Pager previous={page.previous} next={page.next} />
          </div>
        ) : (
          <NoCourses isFiltered={isFiltered} />
        )}
      </div>
    </Page>
  );
}

function NoCourses({ isFiltered }: { isFiltered: boolean }) {
  if (!isFiltered) {
    return (
      <p className="max-w-[56ch] text-muted">
        No courses yet. New courses start as drafts that only admins can see.
      </p>
    );
  }
  return (
    <p className="max-w-[56ch] text-muted">
      No courses match.{" "}
      <Link to="/admin/courses" className="text-accent underline underline-offset-4">
        Show all
      </Link>
    </p>
  );
}
