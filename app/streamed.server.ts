import { statusOf } from "./errors";
import { errorFields, type Log } from "./log.server";
import { isForDocument } from "./request.server";
import { withTimeout } from "./timeout";

interface LoaderArgs {
  request: Request;
  context: { log: Log };
}

/** Less than a document is kept open for what is still to come (`streamTimeout` in entry.server.tsx). */
const patienceMs = 4_000;

/**
 * Work that decides nothing about an answer: the document goes ahead without it, and shows it when it is done. What fails then is
 * one line of the log, and the page says so. What is there already goes along, and data for a page that is open come whole. The
 * result is in an object, since a promise alone would be waited for.
 */
export async function streamed<Result>(
  { request, context }: LoaderArgs,
  work: Result | Promise<Result>,
): Promise<{ result: Result | Promise<Result> }> {
  if (!(work instanceof Promise) || !isForDocument(request)) return { result: await work };
  const result = withTimeout(work, patienceMs);
  result.catch((error) => {
    context.log("page.part_failed", { status: statusOf(error), ...errorFields(error) });
  });
  return { result };
}
