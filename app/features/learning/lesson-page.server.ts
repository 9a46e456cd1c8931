import type { AppArgs } from "~/context.server";
import { loadLessonForViewer } from "~/features/courses/course-for-viewer.server";
import { lessonPath } from "~/features/courses/course-urls";
import { embedVideo } from "~/features/courses/embedded-video";
import { adjacentLessons, allLessons } from "~/features/courses/outline";
import { courseOffer } from "./course-offer";
import { outlineForViewer } from "./outline-for-viewer";

/** Null if the viewer cannot see the lesson. Throws like `loadCourseForViewer`. */
export async function loadLessonPage(args: AppArgs, slug: string, lessonSlug: string) {
  const view = await loadLessonForViewer(args, slug, lessonSlug);
  if (!view) return null;
  const { title, summary, cover, priceMinor, currency, status } = view.course;
  const { text, videoUrl, access, ...lesson } = view.lesson;
  const outline = outlineForViewer(view);
  const readable = allLessons(outline).filter(({ isOpen }) => isOpen);
  return {
    url: args.context.environment.SERVER_URL + lessonPath(slug, lessonSlug),
    course: { slug, title, summary, cover, priceMinor, currency, status },
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
    offer: courseOffer(view),
    ...adjacentLessons(readable, lesson.id),
  };
}

export type LessonPage = NonNullable<Awaited<ReturnType<typeof loadLessonPage>>>;
