import { moduleWithoutTypes } from "../module-without-types.ts";
import type { DatabaseReader } from "./database-reader.ts";

type Call = [method: string, ...args: unknown[]];
type Send = <Result>(binding: string, calls: Call[]) => Promise<Result>;

type Row = Record<string, unknown>;

interface Result<One> {
  results: One[];
}

interface Change<One> extends Result<One> {
  meta: { changes: number; size_after: number };
}

interface Statement {
  calls: Call[];
  bind(...values: unknown[]): Statement;
  first<One = Row>(): Promise<One | null>;
  first<One = unknown>(column: string): Promise<One | null>;
  all<One = Row>(): Promise<Result<One>>;
  run<One = Row>(): Promise<Change<One>>;
  raw<One = unknown[]>(): Promise<One[]>;
}

/** D1, with the methods of its binding. Miniflare's own client takes six requests per query. */
export interface Database {
  prepare(sql: string): Statement;
  batch<One = Row>(statements: Statement[]): Promise<Change<One>[]>;
  exec(sql: string): Promise<unknown>;
}

/** KV, with the methods of its binding. */
export type KeyValueStore = ReturnType<typeof keyValueStore>;

interface KeyList {
  keys: { name: string; expiration?: number }[];
}

/** The Miniflare options of the worker that runs the calls. */
export async function bindingsWorker(options: object) {
  return {
    ...options,
    name: "bindings",
    compatibilityDate: "2026-01-01",
    // Allows it to run crons of the built worker.
    compatibilityFlags: ["service_binding_extra_handlers"],
    unsafeDirectSockets: [{}],
    modules: [await moduleWithoutTypes("tests/support/bindings/worker.ts")],
  };
}

/** `url` is where Miniflare runs the worker. With a reader, queries do not go through it. */
export function createBindings(url: URL, reader?: DatabaseReader) {
  const send: Send = async (binding, calls) => {
    const response = await fetch(url, { method: "POST", body: JSON.stringify({ binding, calls }) });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return JSON.parse(text);
  };
  return {
    db: database(send, reader),
    kv: keyValueStore(send),
    scheduled: (cron: string): Promise<unknown> => send("SITE", [["scheduled", { cron }]]),
  };
}

function database(send: Send, reader?: DatabaseReader): Database {
  const statement = (sql: string, values: unknown[] = []): Statement => {
    const calls: Call[] = [["prepare", sql]];
    if (values.length > 0) calls.push(["bind", ...values]);
    const read = () => reader?.read(sql, values) ?? null;
    return {
      calls,
      bind(...added) {
        // JSON would make it null.
        if (added.includes(undefined)) throw new Error("D1 does not take undefined");
        return statement(sql, added);
      },
      async first<One>(...column: string[]) {
        const rows = read();
        if (rows === null) return send<One | null>("DB", [...calls, ["first", ...column]]);
        const [row = null] = JSON.parse(rows);
        return row === null || column[0] === undefined ? row : row[column[0]];
      },
      async all<One>() {
        const rows = read();
        return rows === null
          ? send<Result<One>>("DB", [...calls, ["all"]])
          : { results: JSON.parse(rows) };
      },
      run: () => send("DB", [...calls, ["run"]]),
      raw: () => send("DB", [...calls, ["raw"]]),
    };
  };
  return {
    prepare: (sql) => statement(sql),
    batch: (statements) => send("DB", [["batch", statements.map(({ calls }) => calls)]]),
    exec: (sql) => send("DB", [["exec", sql]]),
  };
}

function keyValueStore(send: Send) {
  return {
    get: (key: string, type: "text" | "json" = "text"): Promise<unknown> =>
      send("USERS_KV", [["get", key, type]]),
    put: (key: string, value: string): Promise<unknown> => send("USERS_KV", [["put", key, value]]),
    delete: (key: string): Promise<unknown> => send("USERS_KV", [["delete", key]]),
    list: (options: { prefix?: string } = {}): Promise<KeyList> =>
      send("USERS_KV", [["list", options]]),
  };
}
