import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/cloudflare";
import { type ClientActionFunctionArgs, useActionData, useLoaderData } from "@remix-run/react";
import { lessonPath } from "~/features/courses/course-urls";
import { shareImage } from "~/features/courses/share-image";
import { LessonView } from "~/features/learning/components/lesson-view";
import { markAsDoneFormId } from "~/features/learning/components/mark-as-done-form";
import { lessonMarkedCookie } from "~/features/learning/lesson-marked-cookie";
import { loadLessonPage } from "~/features/learning/lesson-page.server";
import { handleLessonAction } from "~/features/learning/lesson-page-actions.server";
import { submitCompletion } from "~/features/learning/submit-completion";
import { readFormData } from "~/http/forms.server";
import { enforceRateLimit } from "~/http/rate-limit.server";
import type { RateLimited } from "~/http/rate-limited";
import { shouldRevalidateUnlessFailed } from "~/http/revalidation";
import { noIndex, pageMeta } from "~/layout/page-meta";

export const handle = { access: "public", writes: "user" };

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  if (!data) return [{ title: "Courses Platform" }];
  const { course, lesson, url } = data;
  return [
    ...pageMeta({
      title: `${lesson.title} · ${course.title} · Courses Platform`,
      description: `A lesson of ${course.title}: ${course.summary}`,
      url,
      image: shareImage(course.cover),
    }),
    // A locked lesson has no content to index.
    ...(lesson.isOpen ? [] : [noIndex]),
  ];
};

export const shouldRevalidate = shouldRevalidateUnlessFailed;

/** A locked lesson returns 200, because its page with the call to enroll is public. */
export async function loader(args: LoaderFunctionArgs) {
  const { slug = "", lessonSlug = "" } = args.params;
  const page = await loadLessonPage(args, slug, lessonSlug);
  if (!page) throw new Response(null, { status: 404 });
  return page;
}

export async function action(args: ActionFunctionArgs) {
  const { slug = "", lessonSlug = "" } = args.params;
  const fields = await readFormData(args.request);
  await enforceRateLimit(args.context, "completion", fields);
  const isFound = await handleLessonAction(args, slug, lessonSlug, fields);
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
  const failure = useActionData<RateLimited>();
  return <LessonView key={page.lesson.id} page={page} isRateLimited={failure !== undefined} />;
}
