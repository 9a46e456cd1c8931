import * as z from "zod";
import { isEnrolled } from "~/access/course-and-lesson-access";
import type { AppArgs } from "~/context.server";
import { ForbiddenError } from "~/errors";
import { loadLessonForViewer } from "~/features/courses/course-for-viewer.server";
import { parseSubmittedForm } from "~/http/forms.server";
import { setLessonCompletion } from "./lesson-completion.server";
import { completionIntents } from "./submit-completion";

const formSchema = z.lazy(() => z.object({ intent: z.enum(completionIntents) }));

/**
 * Marks a lesson as done, or takes that back, for whoever is in the course; false where there is no such lesson for them.
 * @throws {BadRequestError} when the form is none that the page has.
 * @throws {ForbiddenError} when they may not read the lesson, or are not in the course.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
export async function handleLessonAction(
  args: AppArgs,
  slug: string,
  lessonSlug: string,
): Promise<boolean> {
  const { intent } = await parseSubmittedForm(args.request, formSchema);
  const view = await loadLessonForViewer(args, slug, lessonSlug);
  if (!view) return false;
  const { viewer, enrollment, lesson, course } = view;
  if (!viewer || lesson.access !== "open" || !isEnrolled(enrollment)) {
    throw new ForbiddenError("Only who is in a course marks its lessons");
  }
  const completion = { userId: viewer.id, courseId: course.id, lessonId: lesson.id };
  await setLessonCompletion(args.context.db, completion, intent === "mark-done", Date.now());
  return true;
}
