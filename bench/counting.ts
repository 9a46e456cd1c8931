import { readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { resolve } from "node:path";
import * as z from "zod";
import { builtWorker } from "../scripts/build.ts";
import type { WorkerModule } from "../tests/support/built-worker.ts";
import type { Counters } from "./workers/counters.ts";

const programs = ["counting", "counted-database", "meters"] as const;

/** Modules for Miniflare that wrap a program, by default the built worker, and count its calls. */
export async function countingModules(main = builtWorker): Promise<WorkerModule[]> {
  const wrappers = programs.map(async (name) => {
    const path = resolve(`bench/workers/${name}.ts`);
    const contents = stripTypeScriptTypes(await readFile(path, "utf8"));
    return { type: "ESModule" as const, path, contents };
  });
  const contents = await readFile(main, "utf8");
  return [
    ...(await Promise.all(wrappers)),
    { type: "ESModule", path: resolve(builtWorker), contents },
  ];
}

const countersSchema: z.ZodType<Counters> = z.object({
  statements: z.record(
    z.string(),
    z.object({ count: z.number(), rowsRead: z.number(), rowsWritten: z.number() }),
  ),
  batches: z.number(),
  calls: z.record(z.string(), z.object({ count: z.number(), ms: z.number() })),
  verifications: z.record(z.string(), z.number()),
});

/** Returns and resets the counters. */
export async function takeCounters(origin: string): Promise<Counters> {
  return fetchCounters(origin, "POST");
}

/** Returns the counters without resetting them. */
export async function readCounters(origin: string): Promise<Counters> {
  return fetchCounters(origin, "GET");
}

async function fetchCounters(origin: string, method: "GET" | "POST"): Promise<Counters> {
  const response = await fetch(`${origin}/__counters`, { method });
  return countersSchema.parse(await response.json());
}

/** Sums one metric over all statements. */
export function sumOf(
  { statements }: Counters,
  metric: "count" | "rowsRead" | "rowsWritten",
): number {
  return Object.values(statements).reduce((total, statement) => total + statement[metric], 0);
}
