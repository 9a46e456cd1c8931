import { assertActive, hasEnded } from "~/access/active-user.server";
import { courseAccess, lessonAccess, type Viewer } from "~/access/course-and-lesson-access";
import type { AppArgs } from "~/context.server";
import { redirectDocument } from "~/http/redirect-document";
import { signInUrl, syncUsersUrl } from "~/http/redirect-urls.server";
import { type CourseView, queryCourseView, queryLessonView } from "./course-view.server";
import { createPublicCache } from "./public-cache.server";
import { toMarkdownText } from "./rendered-texts.server";

const readPublicCourse = createPublicCache<NonNullable<QueryResult<typeof queryCourseView>>>();
const readPublicLesson = createPublicCache<NonNullable<QueryResult<typeof queryLessonView>>>();

type QueryResult<Query extends (...args: never[]) => unknown> = Awaited<ReturnType<Query>>;

/**
 * The course without lessons hidden from the viewer, or null if it is hidden itself.
 * @throws {Response | AccountDeletedError | AccountBannedError} a redirect, or if not active.
 */
export async function loadCourseForViewer(args: AppArgs, slug: string) {
  const { db, session } = args.context;
  const found = session
    ? await queryCourseView(db, slug, session.clerkUserId)
    : await readPublicCourse(slug, () => queryCourseView(db, slug, null));
  const visible = found && visibleTo(requireViewer(args, found), found);
  return (
    visible && {
      ...visible,
      description: toMarkdownText(found.course.description, found.course.html),
    }
  );
}

/** Like `loadCourseForViewer`, with one lesson. A locked lesson has no text and no video. */
export async function loadLessonForViewer(args: AppArgs, slug: string, lessonSlug: string) {
  const { db, session } = args.context;
  const found = session
    ? await queryLessonView(db, slug, lessonSlug, session.clerkUserId)
    : await readPublicLesson(`${slug}/${lessonSlug}`, () =>
        queryLessonView(db, slug, lessonSlug, null),
      );
  if (!found) return null;
  const viewer = requireViewer(args, found);
  const { lesson, ...view } = found;
  const access = lessonAccess(viewer, lesson, view.course, view.enrollment);
  const visible = access === "hidden" ? null : visibleTo(viewer, view);
  const { body, html, videoUrl, ...facts } = lesson;
  const content =
    access === "open"
      ? { text: toMarkdownText(body, html), videoUrl }
      : { text: { html: "" }, videoUrl: null };
  return visible && { ...visible, lesson: { ...facts, access, ...content } };
}

function requireViewer(
  { request, context }: AppArgs,
  { person }: CourseView,
): Viewer & CourseView["person"] {
  if (!context.session) return null;
  if (!person) throw redirectDocument(syncUsersUrl(request));
  assertActive(person);
  if (hasEnded(context.session, person)) {
    throw redirectDocument(signInUrl(request, context.environment));
  }
  return person;
}

function visibleTo(viewer: ReturnType<typeof requireViewer>, { person: _, ...view }: CourseView) {
  const { course, enrollment } = view;
  if (courseAccess(viewer, course, enrollment) === "hidden") return null;
  const outline = view.outline
    .map((section) => ({
      ...section,
      lessons: section.lessons
        .map((lesson) => ({ ...lesson, access: lessonAccess(viewer, lesson, course, enrollment) }))
        .filter(({ access }) => access !== "hidden"),
    }))
    .filter(({ lessons }) => lessons.length > 0);
  return { ...view, outline, viewer };
}
