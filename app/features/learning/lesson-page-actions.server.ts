import * as z from "zod";
import { isEnrolled } from "~/access/course-and-lesson-access";
import type { AppArgs } from "~/context.server";
import { ForbiddenError } from "~/errors";
import { loadLessonForViewer } from "~/features/courses/course-for-viewer.server";
import { parseHiddenFields } from "~/http/forms.server";
import { setLessonCompletion } from "./lesson-completion.server";
import { completionIntents } from "./submit-completion";

const formSchema = z.lazy(() => z.object({ intent: z.enum(completionIntents) }));

/** False if the viewer cannot see the lesson. @throws {BadRequestError | ForbiddenError} */
export async function handleLessonAction(
  args: AppArgs,
  slug: string,
  lessonSlug: string,
  fields: FormData,
): Promise<boolean> {
  const { intent } = parseHiddenFields(fields, formSchema);
  const view = await loadLessonForViewer(args, slug, lessonSlug);
  if (!view) return false;
  const { viewer, enrollment, lesson, course } = view;
  if (!viewer || lesson.access !== "open" || !isEnrolled(enrollment)) {
    throw new ForbiddenError("Only enrolled learners can mark lessons");
  }
  const completion = { userId: viewer.id, courseId: course.id, lessonId: lesson.id };
  await setLessonCompletion(args.context.db, completion, intent === "mark-done", Date.now());
  return true;
}
