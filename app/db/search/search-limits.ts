/** A search reads this many rows of D1 at most, whatever is stored and asked. */
export const maxRowsRead = 5_000;
/** For the rows that a page shows, and what belongs to them. */
const reservedRows = 250;

/**
 * How many rows with the rarest term a search looks at. Each term reads up to that many words; each
 * such row is then looked up once for every other term, and twice (index and table) for a filter.
 */
export function maxMatches(terms: number, isFiltered: boolean): number {
  const rowsPerMatch = terms + (terms - 1) + (isFiltered ? 2 : 0);
  return Math.floor((maxRowsRead - reservedRows) / rowsPerMatch);
}
