import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/cloudflare";
import { useActionData, useLoaderData, useSearchParams } from "@remix-run/react";
import { requirePermission } from "~/access/require-permission.server";
import { ConflictNotice } from "~/features/course-editor/components/conflict-notice";
import { LessonEditor } from "~/features/course-editor/components/lesson-editor";
import { RemoveLessonDialog } from "~/features/course-editor/components/remove-lesson-dialog";
import type { FormFailure } from "~/features/course-editor/course-actions.server";
import { findLessonForEditor } from "~/features/course-editor/edit-lesson.server";
import { submitLesson } from "~/features/course-editor/lesson-actions.server";
import { readFormData } from "~/http/forms.server";
import { enforceRateLimit } from "~/http/rate-limit.server";
import type { RateLimited } from "~/http/rate-limited";
import { shouldRevalidateUnlessFailed } from "~/http/revalidation";
import { Notice } from "~/ui/notice";
import { RateLimitNotice } from "~/ui/rate-limit-notice";
import { Section } from "~/ui/section";
import { useLastNonNull } from "~/ui/use-last-non-null";

export const handle = { access: "admin" };

export const shouldRevalidate = shouldRevalidateUnlessFailed;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.lesson.title ?? "Lesson"} · Admin · Courses Platform` },
];

const lessonRefFrom = ({ courseId = "", lessonId = "" }: Partial<Record<string, string>>) => ({
  courseId,
  lessonId,
});

/** "deleted": the page of a removed lesson stays open, because it has the admin's unsaved text. */
type LessonFailure = FormFailure | RateLimited | { kind: "deleted" };

export async function loader({ params, context }: LoaderFunctionArgs) {
  requirePermission(context, "courses.read");
  const found = await findLessonForEditor(context.db, lessonRefFrom(params));
  if (!found) throw new Response(null, { status: 404 });
  return { lesson: found.lesson };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const lessonRef = lessonRefFrom(params);
  const fields = await readFormData(request);
  await enforceRateLimit(context, "admin-write", fields);
  const outcome = await submitLesson(context, lessonRef, fields);
  const path = `/admin/courses/${lessonRef.courseId}`;
  switch (outcome.kind) {
    case "saved":
      return redirect(`${path}/lessons/${lessonRef.lessonId}?saved=${outcome.lesson.version}`);
    case "removed":
      return redirect(`${path}/outline?lesson-removed=${lessonRef.lessonId}`);
    case "not-found":
      return data({ kind: "deleted" } as const, { status: 404 });
    default:
      return data(outcome, { status: outcome.kind === "invalid" ? 400 : 409 });
  }
}

export default function LessonPage() {
  const { lesson } = useLoaderData<typeof loader>();
  const failure = useActionData<LessonFailure>();
  const [params] = useSearchParams();
  const saved = params.get("saved");
  const path = `/admin/courses/${lesson.courseId}/lessons/${lesson.id}`;
  return (
    <>
      <LessonNotice failure={failure} saved={saved} />
      <Section title={lesson.title}>
        <LessonEditor
          key={`${lesson.id} ${useLastNonNull(saved)}`}
          lesson={lesson}
          failure={failure?.kind === "deleted" ? undefined : failure}
        />
      </Section>
      {params.get("remove") === "lesson" && <RemoveLessonDialog title={lesson.title} path={path} />}
    </>
  );
}

function LessonNotice({
  failure,
  saved,
}: {
  failure: LessonFailure | undefined;
  saved: string | null;
}) {
  if (failure?.kind === "deleted") {
    return (
      <Notice tone="danger">
        <p className="font-medium">This lesson has been removed, so your changes were not saved.</p>
        <p className="mt-1">Your text is kept below. Copy anything you want to keep.</p>
      </Notice>
    );
  }
  if (failure?.kind === "rate-limited") return <RateLimitNotice />;
  if (failure?.kind === "conflict") {
    return <ConflictNotice key={failure.version} subject="lesson" current={failure.current} />;
  }
  if (failure || saved === null) return null;
  return (
    <Notice key={saved} tone="success">
      Saved.
    </Notice>
  );
}
