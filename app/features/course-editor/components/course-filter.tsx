import { Form, useNavigation } from "@remix-run/react";
import { courseStatuses } from "~/db/enums";
import { Button } from "~/ui/button";
import { SelectField } from "~/ui/filter-fields";
import { SearchField } from "~/ui/search-field";
import type { CourseQuery } from "../course-list.server";

const statuses = courseStatuses.map((status) => [status, status] as const);

export function CourseFilter({ query }: { query: Pick<CourseQuery, "q" | "status"> }) {
  const { location } = useNavigation();
  const busy = location?.pathname === "/admin/courses";
  return (
    <Form
      method="get"
      role="search"
      aria-label="Courses"
      className="flex grow flex-wrap items-end gap-4"
    >
      <SearchField label="Words of title or summary" name="q" value={query.q} />
      <SelectField
        label="Status"
        name="status"
        value={query.status}
        options={statuses}
        emptyLabel="Any"
      />
      <Button variant="secondary" busy={busy} busyText="Searching…">
        Search
      </Button>
    </Form>
  );
}
