import type { CourseStatus } from "~/db/enums";
import type { RateLimited } from "~/http/rate-limited";
import { Notice } from "~/ui/notice";
import { RateLimitNotice } from "~/ui/rate-limit-notice";
import type { CourseFailure } from "../course-actions.server";
import { ConflictNotice } from "./conflict-notice";

const messages: Record<string, string> = {
  published: "Published. The course is now in the catalog.",
  archived: "Archived. Only enrolled learners can still read it.",
  draft: "Moved back to draft. Only admins can see it.",
} satisfies Record<CourseStatus, string>;

interface CourseNoticeProps {
  failure: CourseFailure | RateLimited | undefined;
  saved: string | null;
  status: string | null;
}

export function CourseNotice({ failure, saved, status }: CourseNoticeProps) {
  switch (failure?.kind) {
    case "conflict":
      return <ConflictNotice key={failure.version} subject="course" current={failure.current} />;
    case "rate-limited":
      return <RateLimitNotice />;
    case "status-conflict":
      return (
        <Notice tone="danger">
          Someone else changed this course, so its status was not changed. The page shows the
          current status.
        </Notice>
      );
    case "nothing-to-publish":
      return (
        <Notice tone="danger">
          There is nothing to publish yet. The course needs at least one lesson that is visible to
          learners or a preview. Add one under Outline.
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
