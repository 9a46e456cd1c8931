import { spawn } from "node:child_process";
import { wranglerEnvironment } from "./execute-sql.ts";

/**
 * Applies the migrations that the local D1 does not have yet. Returns whether there were any.
 * @throws with wrangler's output when one does not apply.
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
        : reject(new Error(`The migrations did not apply:\n${output}`)),
    );
  });
}
