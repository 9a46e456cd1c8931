/**
 * Tables that a migration drops or replaces. D1 ignores `PRAGMA foreign_keys=OFF`, so dropping a
 * table deletes the rows that refer to it with `ON DELETE CASCADE`.
 */
export function findRebuilds(statements: readonly string[]): string[] {
  const tables = statements
    .map((statement) => statement.replace(/--.*$/gm, "").trim())
    .map((statement) => rebuild.exec(statement)?.[1]);
  return [...new Set(tables.filter((table) => table !== undefined))];
}

const name = '[`"\\[]?(\\w+)';
const rebuild = new RegExp(
  `^(?:DROP TABLE (?:IF EXISTS )?|ALTER TABLE \\S+ RENAME TO )${name}`,
  "i",
);
