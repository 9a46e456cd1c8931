import { readdir, readFile } from "node:fs/promises";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions as readWranglerOptions } from "wrangler";
import { faultyModules } from "./faults/client.ts";

type D1Database = Awaited<ReturnType<Miniflare["getD1Database"]>>;
type KVNamespace = Awaited<ReturnType<Miniflare["getKVNamespace"]>>;

export interface WorkerModule {
  type: "ESModule";
  path: string;
  /** What the module says, where that is not in the file at `path`. */
  contents?: string;
}

type DispatchInit = Pick<RequestInit, "method"> & { headers?: Record<string, string> };
type DispatchAnswer = Awaited<ReturnType<Miniflare["dispatchFetch"]>>;

export interface BuiltWorker {
  origin: string;
  /** The real bindings, for looking at what the worker wrote. */
  db: D1Database;
  kv: KVNamespace;
  /** Every line the worker has logged so far. */
  logLines: readonly string[];
  /** A request with any URL, https and other hosts too, handed to the worker without a network; redirects stay. */
  dispatch(url: string, init?: DispatchInit): Promise<DispatchAnswer>;
  /** Fires a cron trigger and waits for the end of its work. */
  scheduled(cron: string): Promise<void>;
  close(): Promise<void>;
}

interface BuiltWorkerOptions {
  port: number;
  variables: Record<string, string>;
  /** Whether its calls to D1, KV and Clerk can be made to fail (tests/support/faults). */
  withFaults?: boolean;
  /** Another program in the same surroundings, such as the built worker inside a wrapper. */
  modules?: WorkerModule[];
  /** What that program asks of the runtime. */
  compatibilityFlags?: string[];
}

/** Runs the built worker in workerd as `wrangler.toml` says, with an empty D1 brought up by the real migrations. */
export async function startBuiltWorker({
  port,
  variables,
  withFaults = false,
  modules,
  compatibilityFlags,
}: BuiltWorkerOptions): Promise<BuiltWorker> {
  const { main, workerOptions } = readWranglerOptions("wrangler.toml");
  if (!main) throw new Error("wrangler.toml names no main");
  const logLines: string[] = [];
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: "localhost",
      port,
      cf: false,
      log: new Log(LogLevel.ERROR),
      handleStructuredLogs: ({ message }: { message: string }) => void logLines.push(message),
      ...workerOptions,
      ...(compatibilityFlags && { compatibilityFlags }),
      modules:
        modules ??
        (withFaults ? await faultyModules(main) : [{ type: "ESModule" as const, path: main }]),
      modulesRoot: process.cwd(),
      bindings: variables,
    }),
  );
  const db = await miniflare.getD1Database("DB");
  await applyMigrations(db);
  const kv = await miniflare.getKVNamespace("USERS_KV");
  const worker = await miniflare.getWorker();
  return {
    origin: `http://localhost:${port}`,
    db,
    kv,
    logLines,
    dispatch: (url, { method, headers } = {}) =>
      miniflare.dispatchFetch(url, { method, headers, redirect: "manual" }),
    async scheduled(cron) {
      await worker.scheduled({ cron });
    },
    close: () => miniflare.dispose(),
  };
}

async function applyMigrations(db: D1Database): Promise<void> {
  const names = (await readdir("migrations")).filter((name) => name.endsWith(".sql")).sort();
  for (const name of names) {
    const statements = (await readFile(`migrations/${name}`, "utf8")).split(
      "--> statement-breakpoint",
    );
    await db.batch(statements.map((statement) => db.prepare(statement)));
  }
}
