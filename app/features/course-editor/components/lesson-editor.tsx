import { Link } from "@remix-run/react";
import { useState } from "react";
import type { Lesson } from "~/features/courses/course-view.server";
import type { RateLimited } from "~/http/rate-limited";
import { buttonClass } from "~/ui/button";
import type { FormFailure } from "../course-actions.server";
import { toLessonForm } from "../lesson-schema";
import { rejectedForm } from "../rejected-form";
import { LessonForm } from "./lesson-form";
import { removeDialogTriggerId } from "./remove-lesson-dialog";

interface LessonEditorProps {
  lesson: Lesson;
  failure: FormFailure | RateLimited | undefined;
}

/** Keeps the initial values while the loader revalidates, so that an edit is never overwritten. */
export function LessonEditor({ lesson, failure }: LessonEditorProps) {
  const [initial] = useState(lesson);
  const rejected = failure ? rejectedForm(failure) : null;
  return (
    <LessonForm
      initialValues={toLessonForm(initial)}
      lastResult={rejected?.lastResult}
      version={rejected?.version ?? initial.version}
      current={rejected?.current ?? {}}
    >
      <Link
        id={removeDialogTriggerId}
        to="?remove=lesson"
        replace
        preventScrollReset
        className={buttonClass("danger")}
      >
        Remove lesson…
      </Link>
    </LessonForm>
  );
}
