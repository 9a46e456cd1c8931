import { Link } from "@remix-run/react";
import { useState } from "react";
import type { Lesson } from "~/features/courses/course-view.server";
import { buttonClass } from "~/ui/button";
import type { FormFailure } from "../course-actions.server";
import { toLessonForm } from "../lesson-schema";
import { LessonForm } from "./lesson-form";
import { removeDialogTriggerId } from "./remove-lesson-dialog";

interface LessonEditorProps {
  lesson: Lesson;
  failure: FormFailure | undefined;
}

/** Keeps the initial values while the loader revalidates, so that an edit is never overwritten. */
export function LessonEditor({ lesson, failure }: LessonEditorProps) {
  const [initial] = useState(lesson);
  return (
    <LessonForm
      initialValues={toLessonForm(initial)}
      lastResult={failure?.lastResult}
      version={failure?.version ?? initial.version}
      current={failure?.current ?? {}}
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
