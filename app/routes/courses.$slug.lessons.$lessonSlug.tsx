import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/cloudflare";
import { type ClientActionFunctionArgs, useLoaderData } from "@remix-run/react";
import { lessonPath } from "~/features/courses/course-urls";
import { LessonView } from "~/features/learning/components/lesson-view";
import { markAsDoneFormId } from "~/features/learning/components/mark-as-done-form";
import { lessonMarkedCookie } from "~/features/learning/lesson-marked-cookie";
import { loadLessonPage } from "~/features/learning/lesson-page.server";
import { handleLessonAction } from "~/features/learning/lesson-page-actions.server";
import { submitCompletion } from "~/features/learning/submit-completion";
import { shouldRevalidateUnlessFailed } from "~/http/revalidation";
import { pageMeta } from "~/layout/page-meta";

export const handle = { access: "public", writes: "user" };

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  if (!data) return [{ title: "Courses Platform" }];
  const { course, lesson, url } = data;
  return [
    ...pageMeta({
      title: `${lesson.title} · ${course.title} · Courses Platform`,
      description: `A lesson of ${course.title}: ${course.summary}`,
      url,
    }),
    // There is nothing to read for whoever comes from a search.
    ...(lesson.isOpen ? [] : [{ name: "robots", content: "noindex" }]),
  ];
};

export const shouldRevalidate = shouldRevalidateUnlessFailed;

/**
 * A locked lesson is answered with 200: its page, an invitation, is what was asked for and open to all. A 403 would tell browsers
 * and search engines that something went wrong.
 */
export async function loader(args: LoaderFunctionArgs) {
  const { slug = "", lessonSlug = "" } = args.params;
  const page = await loadLessonPage(args, slug, lessonSlug);
  if (!page) throw new Response(null, { status: 404 });
  return page;
}

export async function action(args: ActionFunctionArgs) {
  const { slug = "", lessonSlug = "" } = args.params;
  const isFound = await handleLessonAction(args, slug, lessonSlug);
  if (!isFound) throw new Response(null, { status: 404 });
  return redirect(`${lessonPath(slug, lessonSlug)}#${markAsDoneFormId}`, {
    headers: { "Set-Cookie": lessonMarkedCookie },
  });
}

export function clientAction({ serverAction, params }: ClientActionFunctionArgs) {
  return submitCompletion(serverAction, lessonPath(params.slug ?? "", params.lessonSlug ?? ""));
}

export default function LessonRoute() {
  const page = useLoaderData<typeof loader>();
  return <LessonView key={page.lesson.id} page={page} />;
}
