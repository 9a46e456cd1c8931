import type { AppContext } from "~/context.server";
import { runQuery } from "~/db/client.server";
import { clearPublicCaches } from "./public-cache.server";
import { findOutdatedTexts, storeHtml } from "./render-texts.server";

/** A cron invocation has 30 s of CPU and 1,000 statements; a text takes well under 100 ms. */
const textsPerBatch = 10;
const maxBatches = 15;

/** Renders up to the limits of one invocation; the next continues. Returns the number of texts. */
export async function renderOutdatedTexts({
  db,
  log,
}: Pick<AppContext, "db" | "log">): Promise<number> {
  let rendered = 0;
  for (let batch = 0; batch < maxBatches; batch++) {
    const texts = await findOutdatedTexts(db, textsPerBatch);
    const [first, ...others] = texts.map((text) => storeHtml(db, text));
    if (!first) break;
    await runQuery(db.batch([first, ...others]));
    rendered += texts.length;
  }
  if (rendered > 0) {
    clearPublicCaches();
    log("texts.rendered", { rendered });
  }
  return rendered;
}
