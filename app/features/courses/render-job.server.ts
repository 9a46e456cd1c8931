import type { AppContext } from "~/context.server";
import { runQuery } from "~/db/client.server";
import { findOutdatedTexts, storeHtml } from "./rendered-texts.server";

/** An invocation of a cron trigger has 30 seconds of CPU and 1,000 statements; a text takes well under 100 ms. */
const textsAtOnce = 10;
const batchesAtOnce = 15;

/**
 * Renders texts that were never rendered, or by an older version of the renderer: as many as one invocation may. What is left is
 * known from D1 alone, so the next invocation goes on from there. Returns how many were done.
 * @throws {ServiceUnavailableError} when D1 does not answer; what was done until then stays done.
 */
export async function renderOutdatedTexts({
  db,
  log,
}: Pick<AppContext, "db" | "log">): Promise<number> {
  let rendered = 0;
  for (let batch = 0; batch < batchesAtOnce; batch++) {
    const texts = await findOutdatedTexts(db, textsAtOnce);
    const [first, ...others] = texts.map((text) => storeHtml(db, text));
    if (!first) break;
    await runQuery(db.batch([first, ...others]));
    rendered += texts.length;
  }
  if (rendered > 0) log("texts.rendered", { rendered });
  return rendered;
}
