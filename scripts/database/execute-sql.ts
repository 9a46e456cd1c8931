import { execFile } from "node:child_process";
import { delimiter, resolve } from "node:path";
import * as z from "zod";

export interface DatabaseLocation {
  /** The deployed database instead of the local one. */
  remote: boolean;
  /** Folder of the local D1. */
  state: string;
}

/** Finds installed programs even without npm's PATH, and keeps wrangler off the network. */
export const wranglerEnvironment = {
  PATH: [resolve("node_modules/.bin"), process.env.PATH].join(delimiter),
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  WRANGLER_HIDE_BANNER: "true",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_SEND_ERROR_REPORTS: "false",
};

const notInstalled = "The packages are not installed: run `npm ci`, then try again.";

const resultSchema = z.array(z.object({ results: z.array(z.unknown()) }));

/**
 * Runs SQL with `wrangler d1 execute` and returns the rows of the last statement.
 * @throws with wrangler's output if it fails.
 */
export async function executeSql(
  { remote, state }: DatabaseLocation,
  sql: string,
): Promise<unknown[]> {
  const location = remote ? ["--remote", "--yes"] : ["--local", "--persist-to", state];
  const output = await wrangler(["d1", "execute", "DB", ...location, "--json", "--command", sql]);
  return resultSchema.parse(JSON.parse(output)).at(-1)?.results ?? [];
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
