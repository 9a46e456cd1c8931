import { spawn } from "node:child_process";
import { wranglerEnvironment } from "./execute-sql.ts";

/**
 * Applies pending migrations to the local D1. Returns true if there were any.
 * @throws with wrangler's output if a migration fails.
 */
export function applyMigrations(state: string, signal?: AbortSignal): Promise<boolean> {
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
