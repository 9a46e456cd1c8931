import { readdir, readFile } from "node:fs/promises";
import type { Database } from "../bindings/client.ts";

export interface Migration {
  name: string;
  statements: string[];
}

/** In the order in which they apply. */
export async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir("migrations")).filter((name) => name.endsWith(".sql")).sort();
  return Promise.all(
    names.map(async (name) => ({
      name,
      statements: splitStatements(await readFile(`migrations/${name}`, "utf8")),
    })),
  );
}

export const splitStatements = (sql: string) => sql.split("--> statement-breakpoint");

/** Each migration is one transaction, as with wrangler. */
export async function applyMigrations(
  db: Database,
  migrations: readonly Pick<Migration, "statements">[],
): Promise<void> {
  for (const { statements } of migrations) {
    await db.batch(statements.map((statement) => db.prepare(statement)));
  }
}
