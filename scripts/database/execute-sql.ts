import { execFile } from "node:child_process";
import { delimiter, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import * as z from "zod";
import { findDatabaseFile } from "./local-database-file.ts";

export interface DatabaseLocation {
  /** The deployed database instead of the local one. */
  remote: boolean;
  /** Folder of the local D1. */
  state: string;
}

/**
 * Finds installed programs even without npm's PATH, compiles their scripts only once, and keeps
 * wrangler off the network.
 */
export const wranglerEnvironment = {
  PATH: [resolve("node_modules/.bin"), process.env.PATH].join(delimiter),
  NODE_COMPILE_CACHE: resolve("node_modules/.cache/node"),
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  WRANGLER_HIDE_BANNER: "true",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_SEND_ERROR_REPORTS: "false",
};

const notInstalled = "The packages are not installed: run `npm ci`, then try again.";

const resultSchema = z.array(z.object({ results: z.array(z.unknown()) }));

/**
 * Runs SQL statements in a transaction and returns the rows of the last one.
 * @throws with SQLite's or wrangler's output if it fails.
 */
export async function executeSql(
  { remote, state }: DatabaseLocation,
  ...statements: readonly string[]
): Promise<unknown[]> {
  const file = remote ? null : await findDatabaseFile(state);
  if (file !== null) return executeInFile(file, statements);
  const location = remote ? ["--remote", "--yes"] : ["--local", "--persist-to", state];
  const command = ["--json", "--command", statements.join(";\n")];
  const output = await wrangler(["d1", "execute", "DB", ...location, ...command]);
  return resultSchema.parse(JSON.parse(output)).at(-1)?.results ?? [];
}

/**
 * Like `executeSql`, but does not start wrangler, which takes a second each time. A running site
 * sees the changes.
 */
export function executeInFile(file: string, statements: readonly string[]): unknown[] {
  const database = new DatabaseSync(file, { timeout: 10_000 });
  try {
    database.exec("begin immediate");
    for (const statement of statements.slice(0, -1)) database.exec(statement);
    const last = statements.at(-1) ?? "";
    const query = database.prepare(last);
    if (query.sourceSQL.trim() !== last.trim()) throw new Error("Each argument is one statement");
    const rows = query.all();
    database.exec("commit");
    return rows;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`D1 did not answer (${file}):\n${reason}`, { cause });
  } finally {
    database.close();
  }
}

export const quoteSql = (text: string) => `'${text.replaceAll("'", "''")}'`;

function wrangler(args: readonly string[]): Promise<string> {
  const env = { ...process.env, ...wranglerEnvironment };
  return new Promise((done, reject) => {
    execFile("wrangler", args, { env }, (error, stdout, stderr) => {
      if (!error) return done(stdout);
      if (error.code === "ENOENT") return reject(new Error(notInstalled));
      const output = `${stdout}\n${stderr}`.trim() || error.message;
      reject(new Error(`D1 did not answer (npx wrangler d1 execute):\n${output}`));
    });
  });
}
