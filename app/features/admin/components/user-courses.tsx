import { Form, Link, useNavigation } from "@remix-run/react";
import { Button } from "~/ui/button";
import { Cell, DataTable, RowHeader } from "~/ui/data-table";
import { DateTime } from "~/ui/date-time";
import { Pager } from "~/ui/pager";
import { Section } from "~/ui/section";
import type { findUserDetails } from "../user-details.server";
import { AddCourseForm } from "./add-course-form";
import {
  EnrollmentStatus,
  enrollmentSources,
  LastActivity,
  LastActivityLine,
  LearnerProgress,
} from "./enrollment-status";

type Details = NonNullable<Awaited<ReturnType<typeof findUserDetails>>>;
type UserCourse = Details["courses"]["rows"][number];

interface UserCoursesProps extends Pick<Details, "courses" | "suggestions"> {
  isDeleted: boolean;
  mayChange: boolean;
  failure: Parameters<typeof AddCourseForm>[0]["lastResult"];
}

const columns = [
  { label: "Course" },
  { label: "Progress", wideOnly: true },
  { label: "Last activity", wideOnly: "large" },
  { label: "Status" },
] as const;

export function UserCourses({
  courses,
  suggestions,
  isDeleted,
  mayChange,
  failure,
}: UserCoursesProps) {
  return (
    <Section title="Courses">
      {courses.rows.length === 0 ? (
        <p className="text-muted">No courses yet.</p>
      ) : (
        <DataTable caption="Courses of this user, newest first" columns={columns}>
          {courses.rows.map((course) => (
            <CourseRow
              key={course.courseId}
              course={course}
              mayRevoke={mayChange}
              mayEnroll={mayChange && !isDeleted}
            />
          ))}
        </DataTable>
      )}
      <Pager previous={courses.previous} next={courses.next} />
      {mayChange && !isDeleted && <AddCourseForm suggestions={suggestions} lastResult={failure} />}
    </Section>
  );
}

interface CourseRowProps {
  course: UserCourse;
  mayRevoke: boolean;
  mayEnroll: boolean;
}

function CourseRow({ course, mayRevoke, mayEnroll }: CourseRowProps) {
  return (
    <tr>
      <RowHeader>
        <Link
          to={`/admin/courses/${course.courseId}/people`}
          className="font-medium underline decoration-line underline-offset-4 hover:decoration-ink"
        >
          {course.title}
        </Link>
        <span className="block text-sm text-muted">
          <DateTime at={course.enrolledAt} dateOnly />, {enrollmentSources[course.source]}
        </span>
        <span className="block text-sm sm:hidden">
          <LearnerProgress {...course} />
        </span>
        <LastActivityLine {...course} />
      </RowHeader>
      <Cell wideOnly>
        <LearnerProgress {...course} />
      </Cell>
      <Cell wideOnly="large">
        <LastActivity {...course} />
      </Cell>
      <Cell>
        <EnrollmentStatus {...course} />
        {course.revokedAt === null
          ? mayRevoke && <AccessForm course={course} intent="revoke" label="Revoke" />
          : mayEnroll && <AccessForm course={course} intent="enroll-again" label="Enroll again" />}
      </Cell>
    </tr>
  );
}

interface AccessFormProps {
  course: UserCourse;
  intent: "revoke" | "enroll-again";
  label: string;
}

function AccessForm({ course, intent, label }: AccessFormProps) {
  const { formData } = useNavigation();
  return (
    <Form method="post" preventScrollReset className="mt-2">
      <input type="hidden" name="courseId" value={course.courseId} />
      <Button
        name="intent"
        value={intent}
        variant="secondary"
        busy={formData?.get("courseId") === course.courseId}
        busyText="Saving…"
        aria-label={`${label}: ${course.title}`}
      >
        {label}
      </Button>
    </Form>
  );
}
