import { Form, useNavigation } from "@remix-run/react";
import { courseStatuses } from "~/features/courses/course";
import type { CourseQuery } from "~/features/courses/course-list.server";
import { Button } from "../button";
import { SelectField } from "../field";
import { SearchField } from "./search-field";

const statuses = courseStatuses.map((status) => [status, status] as const);

/** Which courses are listed: a plain form that writes the URL. */
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
      <SearchField label="Title begins with" name="q" value={query.q} />
      <SelectField
        label="Status"
        name="status"
        value={query.status}
        options={statuses}
        none="any"
      />
      <Button look="secondary" busy={busy} busyText="Searching…">
        Search
      </Button>
    </Form>
  );
}
