import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

export const lockPath = (statePath: string) => `${statePath}.lock`;

/**
 * Locks the state until the process ends or the returned function is called. SQLite holds the lock,
 * so a crash leaves no stale one.
 * @throws with the fix if another process holds the lock, or if the lock cannot be made.
 */
export function lockState(statePath: string): () => void {
  const folder = dirname(statePath);
  createFolder(folder);
  const lock = new DatabaseSync(lockPath(statePath), { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    throw new Error(
      isBusy(error)
        ? `${folder} is in use. Stop the other \`npm start\`, \`npm run dev\` or \`npm run clerk\`, or choose another place with --state.`
        : `${lockPath(statePath)} is damaged. Delete it, then try again.`,
      { cause: error },
    );
  }
  return () => lock.close();
}

function createFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw new Error(`${folder} cannot be a folder for data. Choose another place with --state.`, {
      cause,
    });
  }
}

const sqliteBusy = 5;

const isBusy = (error: unknown) =>
  error instanceof Error && "errcode" in error && error.errcode === sqliteBusy;

/** Why SQLite considers the database file damaged, or null if it is intact. */
export function findDamage(path: string): string | null {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path);
    const result = database.prepare("PRAGMA quick_check(1)").get()?.quick_check;
    return result === "ok" ? null : String(result);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    database?.close();
  }
}
