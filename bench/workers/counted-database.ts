import { counters, timed } from "./meters.ts";

interface Options {
  /** Queries of the outbox find nothing. */
  withoutOutbox: boolean;
  /** Rows are taken from their objects, at once exact, where no query has two columns of one name. */
  namesAreUnique: boolean;
}

interface Query {
  statement: D1PreparedStatement;
  sql: string;
}

/** Queries whose answer did not say what they cost. */
let unpriced: Query[] = [];

/** Such as `insert users`: what a statement does, to which table. */
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

/** Asks every query of which only the rows came back once more, since only `all` tells how many rows it has read. */
export async function priceQueries(): Promise<void> {
  const queries = unpriced;
  unpriced = [];
  for (const { statement, sql } of queries) count(sql, (await statement.all()).meta);
}

/** A statement whose every way of running is counted. */
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

  /** Rows as they are: as objects they lose columns of the same name. A write is never asked twice. */
  async raw() {
    if (this.#isHidden()) return [];
    if (this.options.namesAreUnique || !isQuery(this.sql))
      return (await this.all()).results.map((row) => Object.values(row));
    unpriced.push({ statement: this.original, sql: this.sql });
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

/** The database with every statement counted, and what it cost. */
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
