import { useState } from "react";
import type { Course } from "~/features/courses/course-view.server";
import type { RateLimited } from "~/http/rate-limited";
import type { CourseFailure } from "../course-actions.server";
import { toCourseForm } from "../course-schema";
import { conflictingValues } from "../diff";
import { rejectedForm } from "../rejected-form";
import { CourseForm } from "./course-form";

interface CourseDetailsProps {
  course: Course;
  failure: CourseFailure | RateLimited | undefined;
}

/** Keeps the initial values while the loader revalidates, so that an edit is never overwritten. */
export function CourseDetails({ course, failure }: CourseDetailsProps) {
  const [initial] = useState(course);
  const initialValues = toCourseForm(initial);
  // Status and outline changes raise the version too, but do not conflict with these fields.
  const isUnchanged =
    Object.keys(conflictingValues(toCourseForm(course), initialValues)).length === 0;
  const rejected = failure && "lastResult" in failure ? rejectedForm(failure) : null;
  const version = rejected?.version ?? (isUnchanged ? course.version : initial.version);
  return (
    <CourseForm
      initialValues={initialValues}
      lastResult={rejected?.lastResult}
      hidden={{ version }}
      current={rejected?.current ?? {}}
      submit={{ label: "Save details", busy: "Saving…" }}
    />
  );
}
