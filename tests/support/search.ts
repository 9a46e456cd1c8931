import { expect } from "vitest";
import { crons } from "./crons.ts";
import type { Platform } from "./platform.ts";

/**
 * Stores the words of rows inserted without them. Returns the number of cron ticks that it took.
 */
export async function fillWords({ db, scheduled }: Platform): Promise<number> {
  await db.exec(
    "insert or replace into search_fills (kind) values ('course'), ('purchase'), ('user')",
  );
  const left = db.prepare("select count(*) n from search_fills");
  for (let ticks = 1; ticks <= 50; ticks++) {
    await scheduled(crons.frequent);
    if ((await left.first("n")) === 0) return ticks;
  }
  throw new Error("The words were not stored");
}

/** The words of a user, or those that a purchase has from its buyer, sorted. */
export async function storedWords({ db }: Platform, id: string): Promise<string[]> {
  const { results } = await db
    .prepare("select word from search_words where row_id = ? and source = 'user' order by word")
    .bind(id)
    .all<{ word: string }>();
  return results.map(({ word }) => word);
}

export const tooMany = "Too many matches, add a word.";

/**
 * The rows that match all terms, by the word that the first one finds, then by id. With a size of
 * the group to which the search is limited, its rows are looked at if they are fewer.
 */
export function expectedMatches<Row extends { id: string; words: readonly string[] }>(
  rows: readonly Row[],
  typed: readonly string[],
  isFiltered: boolean,
  passes: (row: Row) => boolean,
  groupSize?: number,
): string[] | typeof tooMany {
  const terms = [...new Set(typed)].filter(
    (term) => !typed.some((other) => other !== term && other.startsWith(term)),
  );
  const isWithinGroup = groupSize !== undefined;
  const rowsPerMatch = terms.length * 2 + 3 + (isFiltered ? 2 : 0) + (isWithinGroup ? 4 : 0);
  const hits = terms.map((term) =>
    rows.reduce((sum, { words }) => sum + words.filter((word) => word.startsWith(term)).length, 0),
  );
  if (Math.min(...hits, ...(isWithinGroup ? [groupSize] : [])) > Math.floor(4_750 / rowsPerMatch))
    return tooMany;
  const keyOf = ({ id, words }: Row) =>
    `${[...words].sort(inBytes).find((word) => word.startsWith(terms[0] ?? ""))} ${id}`;
  return rows
    .filter(({ words }) => terms.every((term) => words.some((word) => word.startsWith(term))))
    .filter(passes)
    .sort((a, b) => inBytes(keyOf(a), keyOf(b)))
    .map(({ id }) => id);
}

const inBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Expects the ids of the first pages, then those of the way back. */
export async function expectPages(
  read: (path: string) => Promise<{ ids: string[]; next: string | null; previous: string | null }>,
  path: string,
  ids: readonly string[],
  pageLength = 25,
): Promise<void> {
  const pages = [await read(path)];
  while (pages.length < 4 && pages.at(-1)?.next) pages.push(await read(pages.at(-1)?.next ?? ""));
  const expected = pages.map((_, i) => ids.slice(i * pageLength, (i + 1) * pageLength));
  expect(pages.map((page) => page.ids)).toEqual(expected);
  expect(pages.at(-1)?.next === null).toBe(ids.length <= pages.length * pageLength);
  for (const page of pages.slice(0, -1).reverse()) {
    const { previous } = pages[pages.indexOf(page) + 1] ?? {};
    expect((await read(previous ?? "")).ids).toEqual(page.ids);
  }
}
