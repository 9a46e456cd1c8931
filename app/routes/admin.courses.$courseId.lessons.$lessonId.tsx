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
import type { FormRefusal } from "~/features/course-editor/course-actions.server";
import { findEditedLesson } from "~/features/course-editor/edit-lesson.server";
import { submitLesson } from "~/features/course-editor/lesson-actions.server";
import { readFields } from "~/http/forms.server";
import { shouldRevalidateUnlessRefused } from "~/http/revalidation";
import { Notice } from "~/ui/notice";
import { Section } from "~/ui/section";
import { useLast } from "~/ui/use-last-non-null";

export const handle = { access: "admin" };

export const shouldRevalidate = shouldRevalidateUnlessRefused;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.lesson.title ?? "Lesson"} · Admin · Courses Platform` },
];

const placeOf = ({ courseId = "", lessonId = "" }: Partial<Record<string, string>>) => ({
  courseId,
  lessonId,
});

/** With scripts, the page of a lesson that was removed meanwhile stays as it is: what was typed is in it. */
type LessonRefusal = FormRefusal | { kind: "gone" };

export async function loader({ params, context }: LoaderFunctionArgs) {
  requirePermission(context, "courses.read");
  const found = await findEditedLesson(context.db, placeOf(params));
  if (!found) throw new Response(null, { status: 404 });
  return { lesson: found.lesson };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const place = placeOf(params);
  const outcome = await submitLesson(context, place, await readFields(request));
  const path = `/admin/courses/${place.courseId}`;
  switch (outcome.kind) {
    case "saved":
      return redirect(`${path}/lessons/${place.lessonId}?saved=${outcome.lesson.version}`);
    case "removed":
      return redirect(`${path}/outline?lesson-removed=${place.lessonId}`);
    case "not-found":
      return data({ kind: "gone" } as const, { status: 404 });
    default:
      return data(outcome, { status: outcome.kind === "invalid" ? 400 : 409 });
  }
}

export default function LessonPage() {
  const { lesson } = useLoaderData<typeof loader>();
  const refusal = useActionData<LessonRefusal>();
  const [params] = useSearchParams();
  const saved = params.get("saved");
  const path = `/admin/courses/${lesson.courseId}/lessons/${lesson.id}`;
  return (
    <>
      <LessonNotice refusal={refusal} saved={saved} />
      <Section title={lesson.title}>
        <LessonEditor
          key={`${lesson.id} ${useLast(saved)}`}
          lesson={lesson}
          refusal={refusal?.kind === "gone" ? undefined : refusal}
        />
      </Section>
      {params.get("remove") === "lesson" && <RemoveLessonDialog title={lesson.title} path={path} />}
    </>
  );
}

function LessonNotice({
  refusal,
  saved,
}: {
  refusal: LessonRefusal | undefined;
  saved: string | null;
}) {
  if (refusal?.kind === "gone") {
    return (
      <Notice tone="bad">
        <p className="font-medium">This lesson was removed meanwhile, so nothing was saved.</p>
        <p className="mt-1">All that you typed is still here: copy what you want to keep.</p>
      </Notice>
    );
  }
  if (refusal?.kind === "changed-meanwhile") {
    return <ConflictNotice key={refusal.version} what="lesson" now={refusal.now} />;
  }
  if (refusal || saved === null) return null;
  return (
    <Notice key={saved} tone="good">
      Saved.
    </Notice>
  );
}
