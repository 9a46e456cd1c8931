import { spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import * as z from "zod";
import { executeInFile, quoteSql, wranglerEnvironment } from "./execute-sql.ts";
import { findDatabaseFile } from "./local-database-file.ts";

/** As wrangler creates it, which may apply later migrations. */
const createTable = `create table if not exists d1_migrations (
  id integer primary key autoincrement, name text unique,
  applied_at timestamp default current_timestamp not null)`;

/**
 * Applies pending migrations to the local D1, each in a transaction. Returns true if there were
 * any. Wrangler only creates the database, because it starts a runtime for each migration.
 * @throws with the reason if one fails.
 */
export async function applyMigrations(state: string, signal?: AbortSignal): Promise<boolean> {
  const place = ["--local", "--persist-to", state];
  if ((await findDatabaseFile(state)) === null)
    await runWrangler(["d1", "execute", "DB", ...place, "--command", createTable], signal);
  const file = await findDatabaseFile(state);
  if (file !== null) return applyToFile(file);
  const output = await runWrangler(["d1", "migrations", "apply", "DB", ...place], signal);
  return !output.includes("No migrations to apply");
}

const appliedSchema = z.array(z.object({ name: z.string() }));

async function applyToFile(file: string): Promise<boolean> {
  executeInFile(file, [createTable]);
  const rows = executeInFile(file, ["select name from d1_migrations"]);
  const applied = new Set(appliedSchema.parse(rows).map(({ name }) => name));
  const names = (await readdir("migrations")).filter((name) => name.endsWith(".sql")).sort();
  const pending = names.filter((name) => !applied.has(name));
  for (const name of pending) {
    const sql = await readFile(`migrations/${name}`, "utf8");
    applyOne(file, name, sql);
  }
  return pending.length > 0;
}

function applyOne(file: string, name: string, sql: string): void {
  try {
    const record = `insert into d1_migrations (name) values (${quoteSql(name)})`;
    executeInFile(file, [sql, record]);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The migration ${name} failed: ${reason}`, { cause });
  }
}

function runWrangler(args: readonly string[], signal?: AbortSignal): Promise<string> {
  const child = spawn("wrangler", args, {
    env: { ...process.env, ...wranglerEnvironment, CI: "true" },
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  let output = "";
  child.stdout.on("data", (text) => {
    output += text;
  });
  child.stderr.on("data", (text) => {
    output += text;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) =>
      code === 0 ? resolve(output) : reject(new Error(`The migrations failed:\n${output}`)),
    );
  });
}
