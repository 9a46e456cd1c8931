import { setTimeout as delay } from "node:timers/promises";
import type { CommandOptions } from "./options.ts";
import { type RunRecord, readRun } from "./runs-in-d1.ts";

const cronPath = "/cdn-cgi/local/scheduled?cron=";
const frequentCron = "*/2 * * * *";
/** The remote cron runs every two minutes, and each remote poll starts wrangler. */
const localPollMs = 1_000;
const remotePollMs = 5_000;
/** Maximum time without progress. */
const timeoutMs = 10 * 60_000;

/** @throws if the local worker is not running. The remote one runs by its cron. */
export async function assertWorkerRuns({
  remote,
  port,
}: Pick<CommandOptions, "remote" | "port">): Promise<void> {
  if (remote) return;
  const health = await fetch(`http://localhost:${port}/api/health`).catch(() => null);
  if (health?.ok) return;
  throw new Error(
    `No worker answers on port ${port}: start it with \`npm start\`, or pass its port with --port.`,
  );
}

/**
 * Follows the run to its end. Triggers the cron of the local worker, which has no schedule.
 * @throws if the worker or D1 does not answer, or after ten minutes without progress.
 */
export async function followRun(
  options: CommandOptions,
  initialRun: RunRecord,
  onProgress: (run: RunRecord) => void,
): Promise<RunRecord> {
  let run = initialRun;
  let tick = idleTick;
  let lastProgressAt = Date.now();
  for (;;) {
    onProgress(run);
    if (run.finishedAt !== null) return run;
    if (Date.now() - lastProgressAt > timeoutMs) throw new Error(stuckMessage(run));
    if (!options.remote && tick.settled) {
      await tick.done;
      tick = fireTick(options.port);
    }
    await (options.remote ? delay(remotePollMs) : Promise.race([tick.done, delay(localPollMs)]));
    const next = await readRun(options, run.id);
    if (next.pages !== run.pages) lastProgressAt = Date.now();
    // After a failure, or while another invocation holds the lease, a tick makes no progress.
    else if (tick.settled && !options.remote) await delay(localPollMs);
    run = next;
  }
}

export interface CronTick {
  settled: boolean;
  done: Promise<void>;
}

const idleTick: CronTick = { settled: true, done: Promise.resolve() };

/** Triggers the cron of the local worker. */
export function fireTick(port: number, cron = frequentCron): CronTick {
  const tick: CronTick = { ...idleTick, settled: false };
  tick.done = fetch(`http://localhost:${port}${cronPath}${encodeURIComponent(cron)}`)
    .catch(() => null)
    .then((response) => {
      tick.settled = true;
      if (!response?.ok) throw new Error(`The worker on port ${port} failed to run its cron job.`);
    });
  // Avoids an unhandled rejection; callers await `done` later.
  tick.done.catch(() => {});
  return tick;
}

function stuckMessage({ error }: RunRecord): string {
  return `No progress for ten minutes${error === null ? "" : ` (${error})`}. The run stays open; the cron continues it.`;
}
