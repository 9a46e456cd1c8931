/**
 * The built worker with its calls to D1, KV and Clerk counted and timed. One query is not passed on: that of the outbox, so that
 * its pushes, which are another job of the same cron tick, are no part of what is measured.
 */
// @ts-expect-error The build is JavaScript, and made after the types are checked.
import worker from "../../build/index.js";
import type { Counters } from "./counters.ts";

const none = (): Counters => ({ statements: {}, batches: 0, calls: {} });
let counters = none();

/** Such as `insert users`: what a statement does, to which table. */
function labelOf(sql: string): string {
  const verb = /\w+/.exec(sql)?.[0].toLowerCase() ?? "?";
  const table = /\b(?:into|update|from)\s+"?(\w+)/i.exec(sql)?.[1] ?? "?";
  return `${verb} ${table}`;
}

const isOutboxQuery = (sql: string) =>
  labelOf(sql) === "select users" && /where .*"metadata_pending" =/.test(sql);

async function timed<Result>(place: string, act: () => Promise<Result>): Promise<Result> {
  const startedAt = performance.now();
  const result = await act();
  const { count, ms } = counters.calls[place] ?? { count: 0, ms: 0 };
  counters.calls[place] = { count: count + 1, ms: ms + performance.now() - startedAt };
  return result;
}

function count(sql: string, { meta }: D1Result): void {
  const label = labelOf(sql);
  const known = counters.statements[label] ?? { count: 0, rowsRead: 0, rowsWritten: 0 };
  counters.statements[label] = {
    count: known.count + 1,
    rowsRead: known.rowsRead + meta.rows_read,
    rowsWritten: known.rowsWritten + meta.rows_written,
  };
}

/** A statement whose every way of running goes through `all`, the only one that tells what it cost. */
class CountedStatement {
  readonly original: D1PreparedStatement;
  readonly sql: string;

  constructor(original: D1PreparedStatement, sql: string) {
    this.original = original;
    this.sql = sql;
  }

  bind(...values: unknown[]) {
    return new CountedStatement(this.original.bind(...values), this.sql);
  }

  async all() {
    if (isOutboxQuery(this.sql)) return { results: [], success: true };
    const result = await timed("D1", () => this.original.all());
    count(this.sql, result);
    return result;
  }

  async raw() {
    return (await this.all()).results.map((row) => Object.values(row));
  }

  run() {
    return this.all();
  }

  async first() {
    return (await this.all()).results[0] ?? null;
  }
}

function countedDatabase(db: D1Database): object {
  return {
    prepare: (sql: string) => new CountedStatement(db.prepare(sql), sql),
    async batch(statements: CountedStatement[]) {
      const results = await timed("D1", () => db.batch(statements.map(({ original }) => original)));
      counters.batches++;
      results.forEach((result, i) => {
        count(statements[i]?.sql ?? "", result);
      });
      return results;
    },
  };
}

function countedCache(kv: KVNamespace): object {
  return {
    get: (key: string) => kv.get(key, "json"),
    put: (key: string, value: string, options: KVNamespacePutOptions) =>
      timed("KV", () => kv.put(key, value, options)),
  };
}

const trueFetch = globalThis.fetch;
globalThis.fetch = (input, init) => timed("Clerk", () => trueFetch(input, init));

const counted = (env: Env) => ({
  ...env,
  DB: countedDatabase(env.DB),
  USERS_KV: countedCache(env.USERS_KV),
});

export default {
  async fetch(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
    if (new URL(request.url).pathname !== "/__counters")
      return worker.fetch(request, counted(env), ctx);
    const answer = Response.json(counters);
    if (request.method === "POST") counters = none();
    return answer;
  },
  scheduled: (event: ScheduledController, env: Env, ctx: ExecutionContext) =>
    worker.scheduled(event, counted(env), ctx),
};
