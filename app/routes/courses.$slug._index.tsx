import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/cloudflare";
import { useActionData, useLoaderData } from "@remix-run/react";
import { CourseCall } from "~/features/learning/components/course-call-to-action";
import { CourseHead } from "~/features/learning/components/course-header";
import { CourseOutline } from "~/features/learning/components/course-outline";
import { RefusalNotice } from "~/features/learning/components/enrollment-error-notice";
import { readCoursePage } from "~/features/learning/course-page.server";
import { actOnCourse, type CourseRefusal } from "~/features/learning/course-page-actions.server";
import { pageMeta } from "~/layout/page-meta";
import { Markdown } from "~/ui/markdown";
import { Section } from "~/ui/section";
import { isBlank } from "~/ui/shown-text";

export const handle = { access: "public", writes: "user" };

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data
    ? pageMeta({
        title: `${data.course.title} · Courses Platform`,
        description: data.course.summary,
        url: data.url,
      })
    : [{ title: "Courses Platform" }];

/** After a refusal too: the page may be what was out of date. */
export const shouldRevalidate = () => true;

export async function loader(args: LoaderFunctionArgs) {
  const page = await readCoursePage(args, args.params.slug ?? "");
  if (!page) throw new Response(null, { status: 404 });
  return page;
}

export async function action(args: ActionFunctionArgs) {
  const outcome = await actOnCourse(args, args.params.slug ?? "");
  if (outcome.kind === "go") return redirect(outcome.to);
  if (outcome.kind === "not-found") throw new Response(null, { status: 404 });
  return data(outcome, { status: 409 });
}

export default function CoursePage() {
  const { course, description, outline, standing } = useLoaderData<typeof loader>();
  const refusal = useActionData<CourseRefusal>();
  return (
    <div className="mx-auto max-w-6xl px-5 py-10 sm:px-8 sm:py-16">
      <CourseHead course={course} outline={outline}>
        {refusal && <RefusalNotice kind={refusal.kind} price={course} />}
        <CourseCall course={course} outline={outline} standing={standing} />
      </CourseHead>
      <div className="mt-14 grid gap-y-14">
        {!isBlank(description) && (
          <Section title="About this course">
            <div className="max-w-[66ch]">
              <Markdown text={description} />
            </div>
          </Section>
        )}
        <Section title="Lessons">
          {outline.length > 0 ? (
            <CourseOutline courseSlug={course.slug} outline={outline} />
          ) : (
            <p className="text-muted">None yet.</p>
          )}
        </Section>
      </div>
    </div>
  );
}
