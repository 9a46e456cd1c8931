import { setTimeout as delay } from "node:timers/promises";
import type { CommandOptions } from "./options.ts";
import { type RunRecord, readRun } from "./runs-in-d1.ts";

const cronPath = "/cdn-cgi/local/scheduled?cron=*/2+*+*+*+*";
/** Between two looks at the run: a look is a start of wrangler, and the remote cron comes every two minutes. */
const localPollMs = 1_000;
const remotePollMs = 5_000;
/** A run that does no page for so long needs a person. */
const timeoutMs = 10 * 60_000;

/** @throws when no local worker listens; the remote one is there whenever its cron comes. */
export async function assertWorkerRuns({
  remote,
  port,
}: Pick<CommandOptions, "remote" | "port">): Promise<void> {
  if (remote) return;
  const health = await fetch(`http://localhost:${port}/api/health`).catch(() => null);
  if (health?.ok) return;
  throw new Error(
    `No worker answers on port ${port}: start it with \`npm start\`, or name another with --port.`,
  );
}

/**
 * Follows the run to its end, telling each step. The local worker has no cron of its own, so its ticks are fired from here; the
 * remote one goes on by itself.
 * @throws when the worker or D1 does not answer, or when no page was done for ten minutes; the run itself stays open.
 */
export async function followRun(
  options: CommandOptions,
  begun: RunRecord,
  onProgress: (run: RunRecord) => void,
): Promise<RunRecord> {
  let run = begun;
  let tick = idleTick;
  let pageSeenAt = Date.now();
  for (;;) {
    onProgress(run);
    if (run.finishedAt !== null) return run;
    if (Date.now() - pageSeenAt > timeoutMs) throw new Error(stuckMessage(run));
    if (!options.remote && tick.settled) {
      await tick.done;
      tick = fireTick(options.port);
    }
    await (options.remote ? delay(remotePollMs) : Promise.race([tick.done, delay(localPollMs)]));
    const next = await readRun(options, run.id);
    if (next.pages !== run.pages) pageSeenAt = Date.now();
    // The run rests after a failure, or another invocation is at it: the next tick would find the same.
    else if (tick.settled && !options.remote) await delay(localPollMs);
    run = next;
  }
}

export interface CheckIcon {
  settled: boolean;
  done: Promise<void>;
}

const idleTick: CheckIcon = { settled: true, done: Promise.resolve() };

/** Fires a cron tick of the local worker, which has no cron of its own. */
export function fireTick(port: number): CheckIcon {
  const tick: CheckIcon = { ...idleTick, settled: false };
  tick.done = fetch(`http://localhost:${port}${cronPath}`)
    .catch(() => null)
    .then((response) => {
      tick.settled = true;
      if (!response?.ok) throw new Error(`The worker on port ${port} did not take its cron tick.`);
    });
  // It may fail while nobody waits for it; the loop above asks before the next one.
  tick.done.catch(() => {});
  return tick;
}

function stuckMessage({ error }: RunRecord): string {
  return `No page was done for ten minutes${error === null ? "" : ` (${error})`}. The run stays open: the cron goes on with it.`;
}
