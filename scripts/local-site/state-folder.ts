import { glob, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { findDamage } from "../../tests/local-service/state/file.ts";

/** The files of wrangler, the local Clerk and the local Stripe. */
const knownFiles =
  /^(v3|local-clerk\.env|local-(clerk|stripe)\.sqlite(-wal|-shm|-journal|\.lock.*)?)$/;

export const clerkStatePath = (state: string) => join(state, "local-clerk.sqlite");
export const stripeStatePath = (state: string) => join(state, "local-stripe.sqlite");

/** @throws with the file and the fix if a database is damaged. */
export async function assertStateReadable(state: string): Promise<void> {
  for await (const name of glob("**/*.sqlite", { cwd: state })) {
    const damage = findDamage(join(state, name));
    if (damage === null) continue;
    const options = state === ".wrangler/state" ? "" : ` -- --state ${state}`;
    throw new Error(
      `${join(state, name)} is damaged (${damage}). Delete all local data with \`npm run reset${options}\`, then try again.`,
    );
  }
}

/**
 * Deletes the data of D1, KV, the local Clerk and the local Stripe.
 * @throws without deleting anything if the folder contains other files, such as a mistyped path.
 */
export async function removeState(folder: string): Promise<void> {
  const names = await readNames(folder);
  if (names.length === 0) return;
  const storages = await readNames(join(folder, "v3"));
  const unknownFile = names.find((name) => !knownFiles.test(name));
  if (unknownFile !== undefined || (names.includes("v3") && !storages.includes("d1"))) {
    const reason = unknownFile === undefined ? "has no v3/d1 folder" : `contains ${unknownFile}`;
    throw new Error(
      `${folder} does not look like local site data: it ${reason}. Nothing was deleted.`,
    );
  }
  for (const name of names) await rm(join(folder, name), { recursive: true });
}

async function readNames(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
}
