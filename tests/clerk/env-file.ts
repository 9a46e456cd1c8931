import { writeFile } from "node:fs/promises";
import { type EnvironmentOptions, localClerkEnvironment } from "./environment.ts";

/** Writes the file for `wrangler dev --env-file` next to the state; returns its path. */
export async function writeEnvFile(
  statePath: string,
  options: EnvironmentOptions,
): Promise<string> {
  const path = statePath.replace(/(\.sqlite)?$/, ".env");
  const lines = Object.entries(localClerkEnvironment(options)).map(
    ([name, value]) => `${name}="${value}"`,
  );
  await writeFile(path, `${lines.join("\n")}\n`);
  return path;
}
