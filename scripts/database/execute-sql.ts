import { execFile } from "node:child_process";
import { delimiter, resolve } from "node:path";
import * as z from "zod";

/** Where a command of the terminal finds the database. */
export interface DatabaseLocation {
  /** The deployed one instead of the one on this machine. */
  remote: boolean;
  /** Folder that keeps the local D1. */
  state: string;
}

/** Finds the installed programs even when npm did not set the PATH, and keeps wrangler off the network. */
export const wranglerEnvironment = {
  PATH: [resolve("node_modules/.bin"), process.env.PATH].join(delimiter),
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  WRANGLER_HIDE_BANNER: "true",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_SEND_ERROR_REPORTS: "false",
};

const notInstalled = "The packages are not installed: run `npm ci`, then try again.";

const answerSchema = z.array(z.object({ results: z.array(z.unknown()) }));

/**
 * Runs SQL through `wrangler d1 execute`; the rows of its last statement.
 * @throws with what wrangler said when D1 does not take it.
 */
export async function executeSql(
  { remote, state }: DatabaseLocation,
  sql: string,
): Promise<unknown[]> {
  const location = remote ? ["--remote", "--yes"] : ["--local", "--persist-to", state];
  const text = await wrangler(["d1", "execute", "DB", ...location, "--json", "--command", sql]);
  return answerSchema.parse(JSON.parse(text)).at(-1)?.results ?? [];
}

/** A text as SQL writes it. */
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
