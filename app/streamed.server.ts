import { statusOf } from "./errors";
import { errorFields, type Log } from "./log.server";
import { isForDocument } from "./request.server";
import { withTimeout } from "./timeout";
import { wholeParameter } from "./whole-page";

interface LoaderArgs {
  request: Request;
  context: { log: Log };
}

/** Less than a document is kept open for what is still to come (`streamTimeout` in entry.server.tsx). */
const patienceMs = 4_000;

/**
 * Work that decides nothing about an answer: the document goes ahead without it, and shows it when it is done. What fails then is
 * one line of the log, and the page says so. What is there already goes along; data for a page that is open, and pages for who has no
 * scripts, come whole. The result is in an object, since a promise alone would be waited for.
 */
export async function streamed<Result>(
  { request, context }: LoaderArgs,
  work: Result | Promise<Result>,
): Promise<{ result: Result | Promise<Result> }> {
  if (!(work instanceof Promise) || isWantedWhole(request)) return { result: await work };
  const result = withTimeout(work, patienceMs);
  result.catch((error) => {
    context.log("page.part_failed", { status: statusOf(error), ...errorFields(error) });
  });
  return { result };
}

const isWantedWhole = (request: Request) =>
  !isForDocument(request) || new URL(request.url).searchParams.has(wholeParameter);
