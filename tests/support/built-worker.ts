import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions as readWranglerOptions } from "wrangler";
import * as z from "zod";
import { mutantBinding, saveReachedMutants } from "./active-mutant.ts";
import {
  bindingsWorker,
  createBindings,
  type Database,
  type KeyValueStore,
} from "./bindings/client.ts";
import { createDatabaseFile } from "./bindings/database-file.ts";
import { createDatabaseReader } from "./bindings/database-reader.ts";
import { faultyModules } from "./faults/client.ts";

export interface WorkerModule {
  type: "ESModule";
  path: string;
  /** The module's source, if it is not in the file at `path`. */
  contents?: string;
}

type DispatchInit = Pick<RequestInit, "method"> & { headers?: Record<string, string> };
type DispatchResponse = Awaited<ReturnType<Miniflare["dispatchFetch"]>>;

export interface BuiltWorker {
  origin: string;
  /** The worker's own bindings. */
  db: Database;
  kv: KeyValueStore;
  /** All lines logged so far. */
  logLines: readonly string[];
  /** Sends a request with any URL directly to the worker, without following redirects. */
  dispatch(url: string, init?: DispatchInit): Promise<DispatchResponse>;
  /** Runs a cron trigger to completion. */
  scheduled(cron: string): Promise<unknown>;
  close(): Promise<void>;
}

interface BuiltWorkerOptions {
  port: number;
  /** The origin that the worker sees in requests, as behind Cloudflare; by default its own. */
  publicOrigin?: string | undefined;
  /**
   * Without Miniflare's own worker in front, which compresses responses as Cloudflare does, and
   * takes a third of the CPU time of a short request. `publicOrigin` needs it.
   */
  isDirect?: boolean;
  /**
   * Serves `public`, as in production. The workers that look for a file before each request take
   * half of the CPU time of a short one. False in most integration tests.
   */
  withFiles?: boolean;
  variables: Record<string, string>;
  /** Allows calls to D1, KV and Clerk to fail on purpose (tests/support/faults). */
  withFaults?: boolean;
  /** Runs these modules instead of the built worker, such as a wrapper around it. */
  modules?: WorkerModule[];
  /** Replaces the flags of `wrangler.toml`. */
  compatibilityFlags?: string[];
  /** Replaces the limits of what a user may do in a minute, except provisioning. */
  actionLimit?: number | undefined;
}

/** Runs the built worker in workerd, configured by `wrangler.toml`, with an empty, migrated D1. */
export async function startBuiltWorker({
  port,
  publicOrigin,
  isDirect = false,
  withFiles = true,
  variables,
  withFaults = false,
  modules,
  compatibilityFlags,
  actionLimit,
}: BuiltWorkerOptions): Promise<BuiltWorker> {
  const { main, workerOptions } = readWranglerOptions("wrangler.toml");
  if (!main) throw new Error("wrangler.toml has no main");
  const { assets: _, ...withoutFiles } = workerOptions;
  const logLines: string[] = [];
  const builtWorker = {
    ...(withFiles ? workerOptions : withoutFiles),
    name: "built",
    ...(isDirect && { unsafeDirectSockets: [{ host: "localhost", port }] }),
    ratelimits: limitersWith(actionLimit, workerOptions.ratelimits),
    ...(compatibilityFlags && { compatibilityFlags }),
    // Faults belong to one request.
    ...(withFaults && { compatibilityFlags: ["nodejs_als"] }),
    modules:
      modules ??
      (withFaults ? await faultyModules(main) : [{ type: "ESModule" as const, path: main }]),
    modulesRoot: process.cwd(),
    bindings: { ...variables, ...mutantBinding() },
  };
  const { d1Databases, kvNamespaces } = workerOptions;
  const { file, persistencePath, remove } = await createDatabaseFile();
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: "localhost",
      ...(!isDirect && { port }),
      ...(publicOrigin !== undefined && { upstream: publicOrigin }),
      cf: false,
      resourcePersistencePath: persistencePath,
      log: new Log(LogLevel.ERROR),
      handleStructuredLogs: ({ message }: { message: string }) => void logLines.push(message),
      workers: [
        builtWorker,
        await bindingsWorker({ d1Databases, kvNamespaces, serviceBindings: { SITE: "built" } }),
      ],
    }),
  );
  const bindingsUrl = await miniflare.unsafeGetDirectURL("bindings");
  await createBindings(bindingsUrl).db.exec("select 1");
  const reader = createDatabaseReader(file);
  return {
    ...createBindings(bindingsUrl, reader),
    origin: `http://localhost:${port}`,
    logLines,
    dispatch: (url, { method, headers } = {}) =>
      miniflare.dispatchFetch(url, { method, headers, redirect: "manual" }),
    async close() {
      await saveReachedMutants(miniflare);
      reader.close();
      await miniflare.dispose();
      await remove();
    },
  };
}

const limitersSchema = z.record(
  z.string(),
  z.object({
    namespace_id: z.string(),
    simple: z.object({ limit: z.number(), period: z.literal(60) }),
  }),
);

function limitersWith(actionLimit: number | undefined, configured: unknown) {
  const limiters = limitersSchema.parse(configured);
  if (actionLimit === undefined) return limiters;
  for (const name of ["ACTION_LIMITER", "FREQUENT_ACTION_LIMITER"]) {
    const limiter = limiters[name];
    if (limiter) limiter.simple.limit = actionLimit;
  }
  return limiters;
}
