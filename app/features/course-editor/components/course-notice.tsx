import type { CourseStatus } from "~/db/enums";
import { Notice } from "~/ui/notice";
import type { CourseFailure } from "../course-actions.server";
import { ConflictNotice } from "./conflict-notice";

const messages: Record<string, string> = {
  published: "It is published: everybody finds it in the catalogue.",
  archived: "It is archived: only those who are enrolled still read it.",
  draft: "It is a draft again: nobody but admins sees it.",
} satisfies Record<CourseStatus, string>;

interface CourseNoticeProps {
  failure: CourseFailure | undefined;
  /** The version that was saved, the status that was set: as the URL tells it. */
  saved: string | null;
  status: string | null;
}

/** What became of the last thing that was asked for on the page of a course. */
export function CourseNotice({ failure, saved, status }: CourseNoticeProps) {
  switch (failure?.kind) {
    case "conflict":
      return <ConflictNotice key={failure.version} subject="course" current={failure.current} />;
    case "status-conflict":
      return (
        <Notice tone="danger">
          Somebody changed this course meanwhile, so its status was left alone. This is how it is
          now.
        </Notice>
      );
    case "nothing-to-publish":
      return (
        <Notice tone="danger">
          There is nothing to publish yet: it needs a lesson that is public or a preview. Write one
          under Outline.
        </Notice>
      );
    case "invalid":
      return null;
  }
  if (saved !== null) {
    return (
      <Notice key={saved} tone="success">
        Saved.
      </Notice>
    );
  }
  const message = messages[status ?? ""];
  return message === undefined ? null : (
    <Notice key={status} tone="success">
      {message}
    </Notice>
  );
}
