import { spawn } from "node:child_process";
import { quietWrangler } from "../../app/db/command-database.ts";

/**
 * Brings the local D1 up to the newest migration; those already applied stay as they are. Returns whether there were any to
 * apply: after that, D1 may be as good as new.
 * @throws with what wrangler said when one does not apply.
 */
export function applyMigrations(state: string): Promise<boolean> {
  const child = spawn(
    "wrangler",
    ["d1", "migrations", "apply", "DB", "--local", "--persist-to", state],
    {
      env: { ...process.env, ...quietWrangler, CI: "true" },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let said = "";
  child.stdout.on("data", (text) => {
    said += text;
  });
  child.stderr.on("data", (text) => {
    said += text;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) =>
      code === 0
        ? resolve(!said.includes("No migrations to apply"))
        : reject(new Error(`The migrations did not apply:\n${said}`)),
    );
  });
}
