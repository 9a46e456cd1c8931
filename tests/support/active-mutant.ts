import { appendFile } from "node:fs/promises";
import type { Miniflare } from "miniflare";

/** In `npm run test:mutation`, the binding that activates one change of the worker's code. */
export function mutantBinding(): Record<string, string> {
  const { ACTIVE_MUTANT } = process.env;
  return ACTIVE_MUTANT ? { ACTIVE_MUTANT } : {};
}

/** In `npm run test:mutation`, saves which code the tests have reached in the worker. */
export async function saveReachedMutants(miniflare: Miniflare): Promise<void> {
  const { REACHED_MUTANTS } = process.env;
  if (!REACHED_MUTANTS) return;
  const response = await miniflare.dispatchFetch("http://localhost/__mutants");
  await appendFile(REACHED_MUTANTS, `${await response.text()}\n`);
}
