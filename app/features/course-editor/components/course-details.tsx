import { useState } from "react";
import type { Course } from "~/features/courses/course-view.server";
import type { CourseRefusal } from "../course-actions.server";
import { toCourseForm } from "../course-schema";
import { differing } from "../diff";
import { CourseForm } from "./course-form";

interface CourseDetailsProps {
  course: Course;
  refusal: CourseRefusal | undefined;
}

/** The details of a course as they were when the form was filled, whatever is loaded behind it meanwhile. */
export function CourseDetails({ course, refusal }: CourseDetailsProps) {
  const [seen] = useState(course);
  const start = toCourseForm(seen);
  // A new status or another outline is no new text: only what was not seen may not be saved over.
  const isAsSeen = Object.keys(differing(toCourseForm(course), start)).length === 0;
  const refused = refusal && "lastResult" in refusal ? refusal : null;
  const version = refused?.version ?? (isAsSeen ? course.version : seen.version);
  return (
    <CourseForm
      start={start}
      lastResult={refused?.lastResult}
      hidden={{ version }}
      now={refused?.now ?? {}}
      submit={{ label: "Save details", busy: "Saving…" }}
    />
  );
}
