import { Link } from "@remix-run/react";
import type { CourseStatus } from "~/db/enums";
import { coursePath } from "~/features/courses/course-urls";
import { formatPrice, type Price } from "~/features/courses/money";
import { Breakable } from "~/ui/breakable";
import { Cell, DataTable, RowHeader } from "~/ui/data-table";
import { DateTime } from "~/ui/date-time";
import { CourseStatusBadge } from "./status-badges";

const columns = [
  { label: "Course" },
  { label: "Status" },
  { label: "Price", wideOnly: true },
  { label: "Updated", wideOnly: true },
];

export interface ListedCourse extends Price {
  id: string;
  slug: string;
  title: string;
  status: CourseStatus;
  updatedAt: number;
}

export function CourseTable({
  caption,
  courses,
}: {
  caption: string;
  courses: readonly ListedCourse[];
}) {
  return (
    <DataTable caption={caption} columns={columns}>
      {courses.map((course) => (
        <tr key={course.id}>
          <RowHeader>
            <Link
              to={`/admin/courses/${course.id}`}
              className="font-medium underline decoration-line underline-offset-4 hover:decoration-ink"
            >
              {course.title}
            </Link>
            <span className="block text-sm text-muted">
              <Breakable text={coursePath(course.slug)} />
            </span>
          </RowHeader>
          <Cell>
            <CourseStatusBadge status={course.status} />
          </Cell>
          <Cell wideOnly>{formatPrice(course)}</Cell>
          <Cell wideOnly>
            <DateTime at={course.updatedAt} dateOnly />
          </Cell>
        </tr>
      ))}
    </DataTable>
  );
}
