import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

export const lockPath = (statePath: string) => `${statePath}.lock`;

/**
 * Locks the state until the process ends or the returned function is called. SQLite holds the lock,
 * so a crash leaves no stale one.
 * @throws if another process holds the lock.
 */
export function lockState(statePath: string): () => void {
  const folder = dirname(statePath);
  mkdirSync(folder, { recursive: true });
  const lock = new DatabaseSync(lockPath(statePath), { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch {
    lock.close();
    throw new Error(
      `${folder} is in use. Stop the other \`npm start\`, \`npm run dev\` or \`npm run clerk\`, or choose another place with --state.`,
    );
  }
  return () => lock.close();
}

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
