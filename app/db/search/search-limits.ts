/** A search reads this many rows of D1 at most, whatever is stored and asked. */
export const maxRowsRead = 5_000;
/** For the rows that a page shows, and what belongs to them. */
const reservedRows = 250;

/**
 * How many words with the rarest term a search looks at. D1 counts a row read for each of them
 * while counting each term, once for every other term, twice (index and table) for a filter, and
 * four times to read, group and sort them (bench/ADMIN.md).
 */
export function maxMatches(terms: number, isFiltered: boolean): number {
  const rowsPerMatch = terms + (terms - 1) + 4 + (isFiltered ? 2 : 0);
  return Math.floor((maxRowsRead - reservedRows) / rowsPerMatch);
}
