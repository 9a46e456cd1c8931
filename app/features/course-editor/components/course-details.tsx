import { useState } from "react";
import type { Course } from "~/features/courses/course-view.server";
import type { CourseFailure } from "../course-actions.server";
import { toCourseForm } from "../course-schema";
import { conflictingValues } from "../diff";
import { CourseForm } from "./course-form";

interface CourseDetailsProps {
  course: Course;
  failure: CourseFailure | undefined;
}

/** The details of a course as they were when the form was filled, whatever is loaded behind it meanwhile. */
export function CourseDetails({ course, failure }: CourseDetailsProps) {
  const [initial] = useState(course);
  const initialValues = toCourseForm(initial);
  // A new status or another outline is no new text: only what was not seen may not be saved over.
  const isUnchanged =
    Object.keys(conflictingValues(toCourseForm(course), initialValues)).length === 0;
  const failed = failure && "lastResult" in failure ? failure : null;
  const version = failed?.version ?? (isUnchanged ? course.version : initial.version);
  return (
    <CourseForm
      initialValues={initialValues}
      lastResult={failed?.lastResult}
      hidden={{ version }}
      current={failed?.current ?? {}}
      submit={{ label: "Save details", busy: "Saving…" }}
    />
  );
}
