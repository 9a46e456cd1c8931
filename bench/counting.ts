import { readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { resolve } from "node:path";
import * as z from "zod";
import { builtWorker } from "../scripts/build.ts";
import type { WorkerModule } from "../tests/support/built-worker.ts";
import type { Counters } from "./workers/counters.ts";

const programs = ["counting", "counted-database", "meters"] as const;

/** A program inside the worker that counts, for Miniflare: the built worker unless another one is given. */
export async function countingModules(main = builtWorker): Promise<WorkerModule[]> {
  const around = programs.map(async (name) => {
    const path = resolve(`bench/workers/${name}.ts`);
    const contents = stripTypeScriptTypes(await readFile(path, "utf8"));
    return { type: "ESModule" as const, path, contents };
  });
  const contents = await readFile(main, "utf8");
  return [
    ...(await Promise.all(around)),
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

/** What was counted since the counters were taken last. */
export async function takeCounters(origin: string): Promise<Counters> {
  return countersOf(origin, "POST");
}

/** The same, and the counting goes on. */
export async function readCounters(origin: string): Promise<Counters> {
  return countersOf(origin, "GET");
}

async function countersOf(origin: string, method: "GET" | "POST"): Promise<Counters> {
  const response = await fetch(`${origin}/__counters`, { method });
  return countersSchema.parse(await response.json());
}

/** The sum of one figure over all statements. */
export function sumOf(
  { statements }: Counters,
  figure: "count" | "rowsRead" | "rowsWritten",
): number {
  return Object.values(statements).reduce((total, one) => total + one[figure], 0);
}
