import type { RateLimited } from "~/http/rate-limited";
import type { FormFailure } from "./course-actions.server";

interface RejectedForm extends Pick<FormFailure, "lastResult" | "current"> {
  version: number | undefined;
}

/** What the main form of the page shows after it was rejected; null if another form was. */
export function rejectedForm(failure: FormFailure | RateLimited): RejectedForm | null {
  if (failure.kind !== "rate-limited") return failure;
  const { lastResult } = failure;
  const { title, version } = lastResult.initialValue;
  // The other forms have no title.
  if (title === undefined) return null;
  return { lastResult, current: {}, version: Number(version) || undefined };
}
