/** A search reads this many rows of D1 at most, whatever is stored and asked. */
export const maxRowsRead = 5_000;
/** For the rows that a page shows, and what belongs to them. */
const reservedRows = 250;

interface SearchShape {
  terms: number;
  isFiltered: boolean;
  isWithinGroup: boolean;
}

/**
 * How many rows with the rarest term a search looks at. D1 counts a row read for each of them
 * while counting each term, once for every other term, twice (index and table) for a filter, and
 * four times to read, group and sort them (bench/ADMIN.md). A group is one more term, whose rows
 * are read from the table and need their words.
 */
export function maxMatches({ terms, isFiltered, isWithinGroup }: SearchShape): number {
  const rowsPerMatch = terms + (terms - 1) + 4 + (isFiltered ? 2 : 0) + (isWithinGroup ? 4 : 0);
  return Math.floor((maxRowsRead - reservedRows) / rowsPerMatch);
}
