import type { LocalWorker, StartWorker } from "./worker.ts";

const maxFailures = 5;
const windowMs = 60_000;

/**
 * Restarts the worker whenever it stops, until the signal aborts.
 * @throws after `maxFailures` failures within a minute.
 */
export async function keepRunning(
  worker: LocalWorker,
  start: StartWorker,
  signal: AbortSignal,
): Promise<void> {
  const failures: number[] = [];
  for (let current = worker; ; current = start()) {
    const reason = await stopReason(current);
    if (signal.aborted) return;
    current.kill();
    failures.push(Date.now());
    const recent = failures.filter((time) => time > Date.now() - windowMs);
    if (recent.length >= maxFailures) {
      throw new Error(
        `The worker ${reason}. Giving up after ${maxFailures} failures within a minute. Its last output:\n${current.output.text()}`,
      );
    }
    console.error(`The worker ${reason}. Restarting it.`);
  }
}

function stopReason({ ready, stopped }: LocalWorker): Promise<string> {
  const failed = ready.then(
    () => stopped,
    () => "did not start",
  );
  return Promise.race([stopped, failed]);
}
