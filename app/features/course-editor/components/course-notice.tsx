import type { CourseStatus } from "~/db/enums";
import { Notice } from "~/ui/notice";
import type { CourseRefusal } from "../course-actions.server";
import { ConflictNotice } from "./conflict-notice";

const tidings: Record<string, string> = {
  published: "It is published: everybody finds it in the catalogue.",
  archived: "It is archived: only those who are enrolled still read it.",
  draft: "It is a draft again: nobody but admins sees it.",
} satisfies Record<CourseStatus, string>;

interface CourseNoticeProps {
  refusal: CourseRefusal | undefined;
  /** The version that was saved, the status that was set: as the URL tells it. */
  saved: string | null;
  status: string | null;
}

/** What became of the last thing that was asked for on the page of a course. */
export function CourseNotice({ refusal, saved, status }: CourseNoticeProps) {
  switch (refusal?.kind) {
    case "changed-meanwhile":
      return <ConflictNotice key={refusal.version} what="course" now={refusal.now} />;
    case "status-changed-meanwhile":
      return (
        <Notice tone="bad">
          Somebody changed this course meanwhile, so its status was left alone. This is how it is
          now.
        </Notice>
      );
    case "nothing-to-publish":
      return (
        <Notice tone="bad">
          There is nothing to publish yet: it needs a lesson that is public or a preview. Write one
          under Outline.
        </Notice>
      );
    case "invalid":
      return null;
  }
  if (saved !== null) {
    return (
      <Notice key={saved} tone="good">
        Saved.
      </Notice>
    );
  }
  const tiding = tidings[status ?? ""];
  return tiding === undefined ? null : (
    <Notice key={status} tone="good">
      {tiding}
    </Notice>
  );
}
