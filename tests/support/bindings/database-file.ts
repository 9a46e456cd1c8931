import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { databasePath } from "../../../scripts/database/local-database-file.ts";
import { readMigrations } from "../migrations/migrations.ts";

/** A folder in which Miniflare finds an empty, migrated D1. */
export async function createDatabaseFile() {
  const state = await mkdtemp(join(tmpdir(), "courses-platform-"));
  const file = await databasePath(state);
  if (file === null) throw new Error("wrangler.toml must have one database_id");
  await mkdir(dirname(file), { recursive: true });
  migrated ??= createMigrated(join(state, "migrated.sqlite"));
  await writeFile(file, await migrated);
  return {
    file,
    persistencePath: join(state, "v3"),
    remove: () => rm(state, { recursive: true }),
  };
}

/** Every platform of a process starts with a copy: D1 takes 0.1 s to apply all migrations. */
let migrated: Promise<Buffer> | undefined;

async function createMigrated(file: string): Promise<Buffer> {
  const database = new DatabaseSync(file);
  for (const { statements } of await readMigrations()) {
    database.exec(["begin", ...statements, "commit"].join(";\n"));
  }
  database.close();
  return readFile(file);
}
