import { readFile } from "node:fs/promises";
import { createControlClient } from "../../tests/clerk/control-client.ts";
import { localClerkEnvironment } from "../../tests/clerk/environment.ts";
import { insertManyUsers } from "../../tests/support/admin-console.ts";
import { type BuiltWorker, startBuiltWorker } from "../../tests/support/built-worker.ts";
import { freePort } from "../../tests/support/free-port.ts";
import { countingModules } from "../counting.ts";
import type { ClerkAddress } from "./clerk-thread.ts";
import { insertLibrary } from "./library.ts";
import { everybody, insertVisitors, type People } from "./people.ts";
import { type ProgramName, programOf, type SignIn } from "./programs.ts";

/** A running program with people in its database. */
export interface Site extends BuiltWorker {
  program: ProgramName;
  signIn: SignIn;
}

export interface Surroundings {
  clerk: ClerkAddress;
  people: People;
  /** What the application's pages show, for rivals that show the same. */
  pages: string;
}

interface SiteOptions extends Surroundings {
  program: ProgramName;
  /** How many people the database holds besides the visitors. */
  population: number;
  counted?: boolean;
}

/** All start with the options of `wrangler.toml`: what is around a program is the same for all. */
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
  await insertVisitors(worker.db, everybody(people));
  await insertLibrary(worker);
  await insertManyUsers(worker, population);
  if (signIn === "better-auth") await createBetterAuthTables(worker);
  return { ...worker, program, signIn };
}

async function createBetterAuthTables({ db }: BuiltWorker): Promise<void> {
  const schema = await readFile("bench/rivals/better-auth/schema.sql", "utf8");
  const statements = schema.split(";").filter((statement) => statement.trim());
  await db.batch(statements.map((statement) => db.prepare(statement)));
}

/** Nothing is cached any more. */
export async function emptyCache({ kv }: Pick<BuiltWorker, "kv">): Promise<void> {
  for (;;) {
    const { keys } = await kv.list();
    if (keys.length === 0) return;
    await Promise.all(keys.map(({ name }) => kv.delete(name)));
  }
}

export const controlOf = ({ clerk }: Surroundings) => createControlClient(clerk.origin);
