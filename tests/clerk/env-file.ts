import { writeFile } from "node:fs/promises";
import { type EnvironmentOptions, localClerkEnvironment } from "./environment.ts";

/**
 * Writes the file for `wrangler dev --env-file` next to the state, with more variables if given;
 * returns its path.
 */
export async function writeEnvFile(
  statePath: string,
  options: EnvironmentOptions,
  more: Record<string, string> = {},
): Promise<string> {
  const path = statePath.replace(/(\.sqlite)?$/, ".env");
  const lines = Object.entries({ ...localClerkEnvironment(options), ...more }).map(
    ([name, value]) => `${name}="${value}"`,
  );
  await writeFile(path, `${lines.join("\n")}\n`);
  return path;
}
