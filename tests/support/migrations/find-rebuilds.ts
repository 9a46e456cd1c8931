/**
 * Tables that a migration drops or replaces. D1 ignores `PRAGMA foreign_keys=OFF`, so dropping a
 * table deletes the rows that refer to it with `ON DELETE CASCADE`. Also reports what only looks
 * like a rebuild, such as one inside a string.
 */
export function findRebuilds(statements: readonly string[]): string[] {
  const tables = statements.flatMap((statement) =>
    [...withoutComments(statement).matchAll(rebuild)].map(([, dropped, replaced]) =>
      // One of the two groups has matched.
      (dropped ?? replaced ?? "").toLowerCase(),
    ),
  );
  return [...new Set(tables)];
}

/** A `--` or `/*` inside quotes begins no comment. */
const withoutComments = (sql: string) =>
  sql.replace(quotedOrComment, (match, quote?: string) => (quote ? match : " "));
const quotedOrComment = /(["'`])(?:(?!\1)[\s\S])*\1|--.*|\/\*[\s\S]*?(?:\*\/|$)/g;

const quote = "[\"'`\\[\\]]?";
const name = `(?:${quote}\\w+${quote}\\s*\\.\\s*)?${quote}(\\w+)`;
const rebuild = new RegExp(
  `\\bDROP\\s+TABLE\\s*(?:\\bIF\\s+EXISTS\\s*)?${name}|\\bALTER\\s+TABLE\\b[^;]+?\\bRENAME\\s+TO\\s*${name}`,
  "gi",
);
