import { setTimeout as delay } from "node:timers/promises";
import type { DatabaseLocation } from "./database/execute-sql.ts";
import { assertWorkerRuns, fireTick } from "./reconcile/follow-run.ts";
import { readPort } from "./reconcile/options.ts";
import { createProgressDisplay } from "./reconcile/progress-display.ts";

/** The remote cron runs every two minutes. */
const remotePollMs = 10_000;
const timeoutMs = 10 * 60_000;

export const jobOptionsUsage = `  --remote           use the deployed worker and D1 instead of the local ones
  --port <port>      port of the local worker (8787)
  --state <folder>   folder of the local D1 (.wrangler/state)`;

export const jobOptions = {
  help: { type: "boolean", default: false },
  remote: { type: "boolean", default: false },
  port: { type: "string", default: "8787" },
  state: { type: "string", default: ".wrangler/state" },
} as const;

/** A job that the worker's cron does in steps. */
interface Job<Progress> {
  /** Asks the worker to do it; only if there is one. */
  start?(location: DatabaseLocation): Promise<unknown>;
  read(location: DatabaseLocation): Promise<Progress>;
  isDone(progress: Progress): boolean;
  describe(progress: Progress): string;
  hasAdvanced(before: Progress, now: Progress): boolean;
  /** Thrown if the job does not advance. */
  stuck: string;
}

/**
 * Waits until the job is done. The worker does the work, so it continues even if this command is
 * interrupted. @throws if the worker or D1 does not answer, or without progress.
 */
export async function followJob<Progress>(
  { port: portText, ...location }: DatabaseLocation & { port: string },
  job: Job<Progress>,
): Promise<Progress> {
  const port = readPort(portText);
  await assertWorkerRuns({ remote: location.remote, port });
  await job.start?.(location);
  const display = createProgressDisplay(process.stdout);
  let progress = await job.read(location);
  let advancedAt = Date.now();
  while (!job.isDone(progress)) {
    display.show(job.describe(progress));
    await (location.remote ? delay(remotePollMs) : fireTick(port).done);
    const next = await job.read(location);
    if (job.hasAdvanced(progress, next)) advancedAt = Date.now();
    else if (!location.remote || Date.now() - advancedAt > timeoutMs) throw new Error(job.stuck);
    progress = next;
  }
  display.end();
  return progress;
}
