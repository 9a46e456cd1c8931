import type { AppArgs } from "~/context.server";
import { loadCourseForViewer } from "~/features/courses/course-for-viewer.server";
import { coursePath } from "~/features/courses/course-urls";
import { courseOffer } from "./course-offer";
import { outlineForViewer } from "./outline-for-viewer";

/**
 * What the page of a course shows whoever asks; null where there is none for them.
 * @throws {Response} the redirect of a person with a session and no row yet.
 * @throws {AccountDeletedError} when the record of who asks is a tombstone.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
export async function loadCoursePage(args: AppArgs, slug: string) {
  const view = await loadCourseForViewer(args, slug);
  if (!view) return null;
  const { title, summary, cover, priceMinor, currency, status } = view.course;
  return {
    url: args.context.environment.SERVER_URL + coursePath(slug),
    course: { slug, title, summary, cover, priceMinor, currency, status },
    description: view.description,
    outline: outlineForViewer(view),
    offer: courseOffer(view),
  };
}
