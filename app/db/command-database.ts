import { execFile } from "node:child_process";
import * as z from "zod";

/** Where a command of the terminal finds the database. */
export interface DatabasePlace {
  /** The deployed one instead of the one on this machine. */
  remote: boolean;
  /** Folder that keeps the local D1. */
  state: string;
}

/** Wrangler asks nothing of the network on its own and tells nobody anything. */
export const quietWrangler = {
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  WRANGLER_HIDE_BANNER: "true",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_SEND_ERROR_REPORTS: "false",
};

const answerSchema = z.array(z.object({ results: z.array(z.unknown()) }));

/**
 * Runs SQL through `wrangler d1 execute`; the rows of its last statement.
 * @throws with what wrangler said when D1 does not take it.
 */
export async function executeSql(
  { remote, state }: DatabasePlace,
  sql: string,
): Promise<unknown[]> {
  const place = remote ? ["--remote", "--yes"] : ["--local", "--persist-to", state];
  const text = await wrangler(["d1", "execute", "DB", ...place, "--json", "--command", sql]);
  return answerSchema.parse(JSON.parse(text)).at(-1)?.results ?? [];
}

/** A text as SQL writes it. */
export const quoteText = (text: string) => `'${text.replaceAll("'", "''")}'`;

function wrangler(args: readonly string[]): Promise<string> {
  const env = { ...process.env, ...quietWrangler };
  return new Promise((resolve, reject) => {
    execFile("wrangler", args, { env }, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      const said = `${stdout}\n${stderr}`.trim() || error.message;
      reject(new Error(`D1 did not answer (npx wrangler d1 execute):\n${said}`));
    });
  });
}
