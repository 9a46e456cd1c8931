import { counters, timed } from "./meters.ts";

interface Options {
  /** Queries of the outbox return no rows. */
  withoutOutbox: boolean;
  /** No query has duplicate column names, so rows can be read as objects. */
  namesAreUnique: boolean;
}

interface Query {
  statement: D1PreparedStatement;
  sql: string;
}

/** Queries whose results did not include their cost. */
let unmeasuredQueries: Query[] = [];

/** The statement's verb and table, such as `insert users`. */
function labelOf(sql: string): string {
  const verb = /\w+/.exec(sql)?.[0].toLowerCase() ?? "?";
  const table = /\b(?:into|update|from)\s+"?(\w+)/i.exec(sql)?.[1] ?? "?";
  return `${verb} ${table}`;
}

const isQuery = (sql: string) =>
  /^\s*(select|with)\b/i.test(sql) && !/\b(insert|update|delete)\b/i.test(sql);

const isOutboxQuery = (sql: string) =>
  labelOf(sql) === "select users" && /where .*"metadata_pending" =/.test(sql);

function count(sql: string, { rows_read, rows_written }: D1Meta): void {
  const label = labelOf(sql);
  const known = counters.statements[label] ?? { count: 0, rowsRead: 0, rowsWritten: 0 };
  counters.statements[label] = {
    count: known.count + 1,
    rowsRead: known.rowsRead + rows_read,
    rowsWritten: known.rowsWritten + rows_written,
  };
}

/** Repeats queries run by `raw`, because only `all` returns the number of rows read. */
export async function measureQueries(): Promise<void> {
  const queries = unmeasuredQueries;
  unmeasuredQueries = [];
  for (const { statement, sql } of queries) count(sql, (await statement.all()).meta);
}

class CountedStatement {
  readonly original: D1PreparedStatement;
  readonly sql: string;
  readonly options: Options;

  constructor(original: D1PreparedStatement, sql: string, options: Options) {
    this.original = original;
    this.sql = sql;
    this.options = options;
  }

  bind(...values: unknown[]) {
    return new CountedStatement(this.original.bind(...values), this.sql, this.options);
  }

  async all() {
    if (this.#isHidden()) return { results: [], success: true };
    const result = await timed("D1", () => this.original.all());
    count(this.sql, result.meta);
    return result;
  }

  /** Objects would lose duplicate columns. Writes are never repeated. */
  async raw() {
    if (this.#isHidden()) return [];
    if (this.options.namesAreUnique || !isQuery(this.sql))
      return (await this.all()).results.map((row) => Object.values(row));
    unmeasuredQueries.push({ statement: this.original, sql: this.sql });
    return timed("D1", () => this.original.raw());
  }

  run() {
    return this.all();
  }

  async first(column?: string) {
    const row = (await this.all()).results[0] ?? null;
    return row && column !== undefined ? row[column] : row;
  }

  #isHidden() {
    return this.options.withoutOutbox && isOutboxQuery(this.sql);
  }
}

/** Wraps a database and counts its statements and their cost. */
export function countedDatabase(db: D1Database, options: Options): object {
  return {
    prepare: (sql: string) => new CountedStatement(db.prepare(sql), sql, options),
    async batch(statements: CountedStatement[]) {
      const results = await timed("D1", () => db.batch(statements.map(({ original }) => original)));
      counters.batches++;
      results.forEach(({ meta }, i) => {
        count(statements[i]?.sql ?? "", meta);
      });
      return results;
    },
    exec: (sql: string) => timed("D1", () => db.exec(sql)),
  };
}
