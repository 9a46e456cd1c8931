import { Link } from "@remix-run/react";
import type { Page } from "~/db/keyset-pagination.server";
import { buttonClass } from "~/ui/button";
import { Pager } from "~/ui/pager";
import { TooManyMatches } from "~/ui/too-many-matches";
import type { Learner } from "../learner-list.server";
import { EnrollmentTable } from "./enrollment-table";
import { LearnerSearch } from "./learner-search";

interface LearnersSectionProps {
  path: string;
  search: string;
  page: Page<Learner> | null;
  mayChange: boolean;
  mayExport: boolean;
}

export function LearnersSection({
  path,
  search,
  page,
  mayChange,
  mayExport,
}: LearnersSectionProps) {
  return (
    <section aria-labelledby="people" className="grid gap-6 border-t border-line pt-7">
      <h2 id="people" className="text-2xl leading-tight">
        Learners
      </h2>
      <div className="flex flex-wrap items-end justify-between gap-4">
        <LearnerSearch path={path} query={search} />
        {page !== null && mayExport && (
          <a
            href={`${path}.csv?${new URLSearchParams({ q: search })}`}
            download
            className={buttonClass("secondary")}
          >
            Export CSV
          </a>
        )}
      </div>
      {page === null ? (
        <TooManyMatches />
      ) : page.rows.length === 0 ? (
        <NoLearners path={path} search={search} />
      ) : (
        <div>
          <EnrollmentTable
            caption={
              search ? `Learners matching “${search}”` : "Learners in this course, newest first"
            }
            people={page.rows}
            mayChange={mayChange}
          />
          <Pager previous={page.previous} next={page.next} />
        </div>
      )}
    </section>
  );
}

function NoLearners({ path, search }: { path: string; search: string }) {
  if (search === "") return <p className="text-muted">No learners yet.</p>;
  return (
    <p className="text-muted [overflow-wrap:anywhere]">
      No learners match “{search}”.{" "}
      <Link to={path} className="text-accent underline underline-offset-4">
        Show all learners
      </Link>
    </p>
  );
}
