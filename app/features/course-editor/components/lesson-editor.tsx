import { Link } from "@remix-run/react";
import { useState } from "react";
import type { Lesson } from "~/features/courses/course-view.server";
import { buttonLook } from "~/ui/button";
import type { FormRefusal } from "../course-actions.server";
import { toLessonForm } from "../lesson-schema";
import { LessonForm } from "./lesson-form";
import { removalOpener } from "./remove-lesson-dialog";

interface LessonEditorProps {
  lesson: Lesson;
  refusal: FormRefusal | undefined;
}

/** A lesson as it was when the form was filled, whatever is loaded behind it meanwhile. */
export function LessonEditor({ lesson, refusal }: LessonEditorProps) {
  const [seen] = useState(lesson);
  return (
    <LessonForm
      start={toLessonForm(seen)}
      lastResult={refusal?.lastResult}
      version={refusal?.version ?? seen.version}
      now={refusal?.now ?? {}}
    >
      <Link
        id={removalOpener}
        to="?remove=lesson"
        replace
        preventScrollReset
        className={buttonLook("danger")}
      >
        Remove lesson…
      </Link>
    </LessonForm>
  );
}
