import type { RateLimited } from "~/http/rate-limited";
import { Notice } from "~/ui/notice";
import { RateLimitNotice } from "~/ui/rate-limit-notice";
import type { OutlineFailure } from "../outline-actions.server";

export function OutlineNotice({ failure }: { failure: OutlineFailure | RateLimited }) {
  switch (failure.kind) {
    case "invalid":
      return null;
    case "rate-limited":
      return <RateLimitNotice />;
    case "not-empty":
      return (
        <Notice tone="danger">
          Only an empty section can be removed. Move or remove its lessons first.
        </Notice>
      );
    case "conflict":
      return (
        <Notice tone="danger">
          {failure.intent === "add-lesson"
            ? `“${failure.lastResult.initialValue?.title ?? ""}” was not added because someone else removed the section.`
            : "Someone else changed this course, so your change was not saved. The page shows the current outline."}
        </Notice>
      );
  }
}
