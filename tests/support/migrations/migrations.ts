import { readdir, readFile } from "node:fs/promises";
import type { Miniflare } from "miniflare";

export type D1Database = Awaited<ReturnType<Miniflare["getD1Database"]>>;

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
  db: D1Database,
  migrations: readonly Pick<Migration, "statements">[],
): Promise<void> {
  for (const { statements } of migrations) {
    await db.batch(statements.map((statement) => db.prepare(statement)));
  }
}
