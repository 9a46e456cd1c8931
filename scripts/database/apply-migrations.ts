import { spawn } from "node:child_process";
import { readdir } from "node:fs/promises";
import * as z from "zod";
import { executeInFile, findDatabaseFile, wranglerEnvironment } from "./execute-sql.ts";

/**
 * Applies pending migrations to the local D1. Returns true if there were any.
 * @throws with wrangler's output if a migration fails.
 */
export async function applyMigrations(state: string, signal?: AbortSignal): Promise<boolean> {
  return (await isMigrated(state)) ? false : runWrangler(state, signal);
}

/** False also if the database cannot be read; wrangler says why. */
async function isMigrated(state: string): Promise<boolean> {
  const file = await findDatabaseFile(state);
  if (file === null) return false;
  const names = (await readdir("migrations")).filter((name) => name.endsWith(".sql"));
  try {
    const rows = executeInFile(file, ["select name from d1_migrations"]);
    const applied = new Set(appliedSchema.parse(rows).map(({ name }) => name));
    return names.every((name) => applied.has(name));
  } catch {
    return false;
  }
}

const appliedSchema = z.array(z.object({ name: z.string() }));

function runWrangler(state: string, signal?: AbortSignal): Promise<boolean> {
  const child = spawn(
    "wrangler",
    ["d1", "migrations", "apply", "DB", "--local", "--persist-to", state],
    {
      env: { ...process.env, ...wranglerEnvironment, CI: "true" },
      stdio: ["ignore", "pipe", "pipe"],
      signal,
    },
  );
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
      code === 0
        ? resolve(!output.includes("No migrations to apply"))
        : reject(new Error(`The migrations failed:\n${output}`)),
    );
  });
}
