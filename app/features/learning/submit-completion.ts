import { isRateLimited } from "~/http/rate-limited";

export const completionIntents = ["mark-done", "mark-open"] as const;

export interface CompletionResult {
  isSaved: boolean;
}

/**
 * Submits the form without leaving the page: ignores the redirect back to it, which is for browsers
 * without JavaScript, and reports a failure next to the button instead of as an error page.
 * @throws {Response} any other redirect, such as to sign-in.
 */
export async function submitCompletion(
  submit: () => Promise<unknown>,
  path: string,
): Promise<Response> {
  try {
    if (isRateLimited(await submit())) return failedResult();
  } catch (thrown) {
    if (!(thrown instanceof Response)) return failedResult();
    if (!redirectsTo(thrown, path)) throw thrown;
  }
  return Response.json({ isSaved: true } satisfies CompletionResult);
}

/** The status prevents revalidation (app/http/revalidation.ts). */
function failedResult(): Response {
  return Response.json({ isSaved: false } satisfies CompletionResult, { status: 503 });
}

const redirectsTo = ({ headers }: Response, path: string) =>
  headers.get("Location")?.split("#")[0] === path;
