import { readFile } from "node:fs/promises";
import { createControlClient } from "../../tests/clerk/control-client.ts";
import { localClerkEnvironment } from "../../tests/clerk/environment.ts";
import { insertManyUsers } from "../../tests/support/admin-console.ts";
import { type BuiltWorker, startBuiltWorker } from "../../tests/support/built-worker.ts";
import { freePort } from "../../tests/support/free-port.ts";
import { countingModules } from "../counting.ts";
import type { ClerkAddress } from "./clerk-thread.ts";
import { insertCatalog } from "./library.ts";
import { allUsers, insertVisitors, type People } from "./people.ts";
import { type ProgramName, programOf, type SignIn } from "./programs.ts";

export interface Site extends BuiltWorker {
  program: ProgramName;
  signIn: SignIn;
}

export interface BenchContext {
  clerk: ClerkAddress;
  people: People;
  /** The application's captured loader data. */
  pages: string;
}

interface SiteOptions extends BenchContext {
  program: ProgramName;
  /** The number of users in D1 in addition to those who send requests. */
  population: number;
  counted?: boolean;
}

/** Starts a program with the options of wrangler.toml, which are the same for all programs. */
export async function startSite(options: SiteOptions): Promise<Site> {
  const { program, clerk, people, pages, population, counted = false } = options;
  const { main, signIn, variables = {}, compatibilityFlags } = programOf(program);
  const port = await freePort();
  const appOrigin = `http://localhost:${port}`;
  const { origin: clerkOrigin, jwtKey } = clerk;
  const worker = await startBuiltWorker({
    port,
    variables: {
      ...localClerkEnvironment({ clerkOrigin, appOrigin, jwtKey }),
      ...variables,
      PAGES: pages,
    },
    modules: counted ? await countingModules(main) : [{ type: "ESModule", path: main }],
    ...(compatibilityFlags && { compatibilityFlags: [...compatibilityFlags] }),
  });
  await insertVisitors(worker.db, allUsers(people));
  await insertCatalog(worker);
  await insertManyUsers(worker, population);
  if (signIn === "better-auth") await createBetterAuthTables(worker);
  return { ...worker, program, signIn };
}

async function createBetterAuthTables({ db }: BuiltWorker): Promise<void> {
  const schema = await readFile("bench/rivals/better-auth/schema.sql", "utf8");
  const statements = schema.split(";").filter((statement) => statement.trim());
  await db.batch(statements.map((statement) => db.prepare(statement)));
}

export async function emptyCache({ kv }: Pick<BuiltWorker, "kv">): Promise<void> {
  for (;;) {
    const { keys } = await kv.list();
    if (keys.length === 0) return;
    await Promise.all(keys.map(({ name }) => kv.delete(name)));
  }
}

export const controlOf = ({ clerk }: BenchContext) => createControlClient(clerk.origin);
