import type { AppArgs } from "~/context.server";
import { openCourse } from "~/features/courses/course-for-viewer.server";
import { coursePath } from "~/features/courses/course-urls";
import { standingOf } from "./course-offer";
import { seenOutline } from "./outline-for-viewer";

/**
 * What the page of a course shows whoever asks; null where there is none for them.
 * @throws {Response} the redirect of a person with a session and no row yet.
 * @throws {AccountDeletedError} when the record of who asks is a tombstone.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
export async function readCoursePage(args: AppArgs, slug: string) {
  const view = await openCourse(args, slug);
  if (!view) return null;
  const { title, summary, cover, priceMinor, currency, status } = view.course;
  return {
    url: args.context.environment.SERVER_URL + coursePath(slug),
    course: { slug, title, summary, cover, priceMinor, currency, status },
    description: view.description,
    outline: seenOutline(view),
    standing: standingOf(view),
  };
}

export type CoursePage = NonNullable<Awaited<ReturnType<typeof readCoursePage>>>;
