import * as z from "zod";
import { moduleWithoutTypes } from "../module-without-types.ts";
import type { FaultPlan, FaultReport } from "./plan.ts";

const reportSchema = z.object({
  steps: z.array(z.string()),
  injected: z.number(),
  totalInjected: z.number(),
  totalSteps: z.number(),
  running: z.number(),
});

/** Makes one future I/O step fail, in a worker that was started with faults. Null disarms it. */
export async function armFault(origin: string, plan: FaultPlan | null): Promise<FaultReport> {
  const response = await fetch(`${origin}/__faults`, {
    method: "POST",
    body: JSON.stringify(plan),
  });
  return reportSchema.parse(await response.json());
}

/** The steps since the worker was last armed. */
export async function readFaultReport(origin: string, search = ""): Promise<FaultReport> {
  return reportSchema.parse(await (await fetch(`${origin}/__faults${search}`)).json());
}

/** The Miniflare modules of a worker whose I/O steps can be made to fail. */
export async function faultyModules(main: string) {
  return [
    await moduleWithoutTypes("tests/support/faults/worker.ts"),
    await moduleWithoutTypes("tests/support/faults/time-limits.ts"),
    { type: "ESModule" as const, path: main },
  ];
}

/** Waits until the worker is idle, including background work. */
export const waitForWorker = (origin: string): Promise<FaultReport> =>
  readFaultReport(origin, "?idle");

/** Waits until Clerk has delivered everything and the worker has finished processing it. */
export async function waitForQuiet(
  origin: string,
  clerk: { waitForIdle(options: { retries: true }): Promise<unknown> },
): Promise<FaultReport> {
  let before: FaultReport;
  let after = await waitForWorker(origin);
  do {
    before = after;
    await clerk.waitForIdle({ retries: true });
    after = await waitForWorker(origin);
  } while (after.totalSteps !== before.totalSteps);
  return after;
}
