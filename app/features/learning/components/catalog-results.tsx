import { Link } from "@remix-run/react";
import { CatalogSearch } from "~/features/courses/components/catalog-search";
import { TooManyMatches } from "~/ui/too-many-matches";
import { CatalogGrid, type CatalogListProps } from "./catalog-list";

interface CatalogResultsProps extends Pick<CatalogListProps, "progress"> {
  query: string;
  /** Null if there are too many. */
  courses: CatalogListProps["courses"] | null;
}

export function CatalogResults({ query, courses, progress }: CatalogResultsProps) {
  return (
    <>
      <h1 className="pt-12 pb-6 text-title leading-[1.1] wrap-anywhere">
        Courses matching “{query}”
      </h1>
      <CatalogSearch query={query} />
      <section aria-labelledby="results" className="mt-8 border-t border-line pt-7">
        <h2 id="results" className="sr-only">
          Results
        </h2>
        {courses === null ? (
          <TooManyMatches />
        ) : courses.length > 0 ? (
          <CatalogGrid courses={courses} progress={progress} />
        ) : (
          <p className="text-muted">
            No courses match.{" "}
            <Link to="/" className="text-accent underline underline-offset-4">
              Show all courses
            </Link>
          </p>
        )}
      </section>
    </>
  );
}
