import { glob, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { findDamage } from "../../tests/clerk/state/file.ts";

/** What wrangler and the local Clerk keep in the folder of a local site. */
const known = /^(v3|local-clerk\.env|local-clerk\.sqlite(-wal|-shm|-journal|\.lock.*)?)$/;

export const clerkStatePath = (state: string) => join(state, "local-clerk.sqlite");

/** @throws when a database file of D1, KV or the local Clerk is damaged, naming the file and the remedy. */
export async function assertStateReadable(state: string): Promise<void> {
  for await (const name of glob("**/*.sqlite", { cwd: state })) {
    const damage = findDamage(join(state, name));
    if (damage === null) continue;
    const options = state === ".wrangler/state" ? "" : ` -- --state ${state}`;
    throw new Error(
      `${join(state, name)} is damaged (${damage}). Delete all local data with \`npm run reset${options}\`, then start again.`,
    );
  }
}

/**
 * Deletes D1, KV and the local Clerk of a local site. A mistyped path costs nothing: unless the folder holds exactly what a
 * local site keeps, it is left as it is.
 * @throws when it holds anything else, naming what.
 */
export async function removeState(folder: string): Promise<void> {
  const names = await readNames(folder);
  if (names.length === 0) return;
  const storages = await readNames(join(folder, "v3"));
  const foreign = names.find((name) => !known.test(name));
  if (foreign !== undefined || (names.includes("v3") && !storages.includes("d1"))) {
    const reason = foreign === undefined ? "has a v3 without a D1" : `holds ${foreign}`;
    throw new Error(
      `${folder} does not look like the data of a local site: it ${reason}. Nothing was deleted.`,
    );
  }
  for (const name of names) await rm(join(folder, name), { recursive: true });
}

/** None where there is no such folder. */
async function readNames(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
}
