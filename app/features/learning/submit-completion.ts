export const completionIntents = ["mark-done", "mark-open"] as const;

export interface CompletionResult {
  isSaved: boolean;
}

/**
 * Sends the mark of a lesson from a page that stays where it is. The redirect by which a page without scripts comes back is not
 * followed, any other is; a failure is told beside the button, not in place of the page.
 * @throws {Response} a redirect to elsewhere, such as sign-in.
 */
export async function submitCompletion(
  submit: () => Promise<unknown>,
  path: string,
): Promise<Response> {
  try {
    await submit();
  } catch (answer) {
    if (!(answer instanceof Response)) return failedResult();
    if (!redirectsTo(answer, path)) throw answer;
  }
  return Response.json({ isSaved: true } satisfies CompletionResult);
}

/** The status keeps the page from being asked for again (app/http/revalidation.ts). */
function failedResult(): Response {
  return Response.json({ isSaved: false } satisfies CompletionResult, { status: 503 });
}

const redirectsTo = ({ headers }: Response, path: string) =>
  headers.get("Location")?.split("#")[0] === path;
