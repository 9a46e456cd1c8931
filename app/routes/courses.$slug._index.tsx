import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/cloudflare";
import { useActionData, useLoaderData } from "@remix-run/react";
import { shareImage } from "~/features/courses/share-image";
import { courseStructuredData } from "~/features/courses/structured-data";
import { CourseCallToAction } from "~/features/learning/components/course-call-to-action";
import { CourseHeader } from "~/features/learning/components/course-header";
import { CourseOutline } from "~/features/learning/components/course-outline";
import { EnrollmentErrorNotice } from "~/features/learning/components/enrollment-error-notice";
import { loadCoursePage } from "~/features/learning/course-page.server";
import {
  type CourseFailure,
  handleCourseAction,
} from "~/features/learning/course-page-actions.server";
import { readFormData } from "~/http/forms.server";
import { enforceRateLimit } from "~/http/rate-limit.server";
import type { RateLimited } from "~/http/rate-limited";
import { pageMeta } from "~/layout/page-meta";
import { isBlank, Markdown } from "~/ui/markdown";
import { RateLimitNotice } from "~/ui/rate-limit-notice";
import { Section } from "~/ui/section";

export const handle = { access: "public", writes: "user" };

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data
    ? [
        ...pageMeta({
          title: `${data.course.title} · Courses Platform`,
          description: data.course.summary,
          url: data.url,
          image: shareImage(data.course.cover),
        }),
        ...(data.course.status === "published"
          ? [{ "script:ld+json": courseStructuredData(data) }]
          : []),
      ]
    : [{ title: "Courses Platform" }];

/** Also after a failure: the displayed price may be stale. */
export const shouldRevalidate = () => true;

export async function loader(args: LoaderFunctionArgs) {
  const page = await loadCoursePage(args, args.params.slug ?? "");
  if (!page) throw new Response(null, { status: 404 });
  return page;
}

export async function action(args: ActionFunctionArgs) {
  const fields = await readFormData(args.request);
  const kind = fields.get("intent") === "order" ? "order" : "enrollment";
  await enforceRateLimit(args.context, kind, fields);
  const outcome = await handleCourseAction(args, args.params.slug ?? "", fields);
  if (outcome.kind === "redirect") return redirect(outcome.to);
  if (outcome.kind === "not-found") throw new Response(null, { status: 404 });
  return data(outcome, { status: 409 });
}

export default function CoursePage() {
  const { course, description, outline, offer, payment } = useLoaderData<typeof loader>();
  const failure = useActionData<CourseFailure | RateLimited>();
  return (
    <div className="mx-auto max-w-6xl px-5 py-10 sm:px-8 sm:py-16">
      <CourseHeader course={course} outline={outline}>
        {failure?.kind === "rate-limited" ? (
          <RateLimitNotice />
        ) : (
          failure && <EnrollmentErrorNotice kind={failure.kind} price={course} />
        )}
        <CourseCallToAction course={course} outline={outline} offer={offer} payment={payment} />
      </CourseHeader>
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
            <CourseOutline
              courseSlug={course.slug}
              outline={outline}
              isEnrolled={offer.kind === "enrolled"}
            />
          ) : (
            <p className="text-muted">No lessons yet.</p>
          )}
        </Section>
      </div>
    </div>
  );
}
