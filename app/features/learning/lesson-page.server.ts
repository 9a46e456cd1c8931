import type { AppArgs } from "~/context.server";
import { openLesson } from "~/features/courses/course-for-viewer.server";
import { lessonPath } from "~/features/courses/course-urls";
import { embedVideo } from "~/features/courses/embedded-video";
import { lessonsOf, neighboursOf } from "~/features/courses/outline";
import { standingOf } from "./course-offer";
import { seenOutline } from "./outline-for-viewer";

/**
 * What the page of a lesson shows whoever asks; null where there is none for them. Of a locked one it has neither text nor video.
 * @throws {Response} the redirect of a person with a session and no row yet.
 * @throws {AccountDeletedError} when the record of who asks is a tombstone.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
export async function readLessonPage(args: AppArgs, slug: string, lessonSlug: string) {
  const view = await openLesson(args, slug, lessonSlug);
  if (!view) return null;
  const { title, summary, priceMinor, currency, status } = view.course;
  const { text, videoUrl, access, ...lesson } = view.lesson;
  const outline = seenOutline(view);
  const readable = lessonsOf(outline).filter(({ isOpen }) => isOpen);
  return {
    url: args.context.environment.SERVER_URL + lessonPath(slug, lessonSlug),
    course: { slug, title, summary, priceMinor, currency, status },
    lesson: {
      id: lesson.id,
      slug: lesson.slug,
      title: lesson.title,
      durationMinutes: lesson.durationMinutes,
      status: lesson.status,
      isOpen: access === "open",
      text,
      video: videoUrl === null ? null : { url: videoUrl, embedded: embedVideo(videoUrl) },
    },
    outline,
    standing: standingOf(view),
    ...neighboursOf(readable, lesson.id),
  };
}

export type LessonPage = NonNullable<Awaited<ReturnType<typeof readLessonPage>>>;
