import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { createControlClient } from "../../tests/clerk/control-client.ts";
import { localClerkEnvironment } from "../../tests/clerk/environment.ts";
import { type LocalClerk, startLocalClerk } from "../../tests/clerk/server.ts";
import { openDatabase } from "../../tests/clerk/state/database.ts";
import { type BuiltWorker, startBuiltWorker } from "../../tests/support/built-worker.ts";
import { crons } from "../../tests/support/crons.ts";
import { freePort } from "../../tests/support/free-port.ts";
import { countingModules, readCounters, takeCounters } from "../counting.ts";
import { peakMemoryMb, resetPeakMemory } from "../workerd-processes.ts";
import type { Counters } from "../workers/counters.ts";

const runSchema = z.object({
  finished_at: z.number().nullable(),
  pages: z.number(),
  users_checked: z.number(),
  rows_checked: z.number(),
  missing: z.number(),
  outdated: z.number(),
  metadata_wrong: z.number(),
  gone: z.number(),
  error: z.null(),
});

export interface ReconcileFigures {
  label: string;
  run: z.infer<typeof runSchema>;
  ticks: number;
  seconds: number;
  counters: Counters;
  memoryMb: number | null;
}

/**
 * Reconciles Clerk users into an empty D1, then again without differences, then after renaming all.
 * @throws if a run reports unexpected counts.
 */
export async function measureReconcile(users: number): Promise<ReconcileFigures[]> {
  const folder = await mkdtemp(join(tmpdir(), "volume-"));
  const statePath = join(folder, "clerk.sqlite");
  const clerk = await startLocalClerk({ statePath, webhookUrl: "http://localhost:9", seed: false });
  await createControlClient(clerk.origin).createUsers({ count: users, prefix: "volume" });
  const worker = await startCountingWorker(clerk);
  try {
    const first = await measureRun(worker, "empty D1");
    expectCounts(first, { users_checked: users, missing: users, gone: 0 });
    await settleMetadata(worker, statePath);
    const second = await measureRun(worker, "D1 in sync");
    expectCounts(second, { users_checked: users, missing: 0, outdated: 0, metadata_wrong: 0 });
    const rewritten = second.counters.statements["insert users"]?.rowsWritten;
    if (rewritten !== 0) throw new Error(`The second run wrote ${rewritten} rows of users.`);
    renameAll(statePath);
    const third = await measureRun(worker, "all renamed");
    expectCounts(third, { users_checked: users, outdated: users, missing: 0, metadata_wrong: 0 });
    return [first, second, third];
  } finally {
    await worker.close();
    await clerk.close();
    await rm(folder, { recursive: true });
  }
}

async function startCountingWorker({
  origin: clerkOrigin,
  jwtKey,
}: LocalClerk): Promise<BuiltWorker> {
  const port = await freePort();
  const appOrigin = `http://localhost:${port}`;
  const environment = localClerkEnvironment({ clerkOrigin, appOrigin, jwtKey });
  const variables = { ...environment, WITHOUT_OUTBOX: "1", NAMES_ARE_UNIQUE: "1" };
  return startBuiltWorker({ port, variables, modules: await countingModules() });
}

async function measureRun(worker: BuiltWorker, label: string): Promise<ReconcileFigures> {
  await takeCounters(worker.origin);
  await resetPeakMemory();
  const startedAt = performance.now();
  await worker.scheduled(crons.daily);
  let ticks = 1;
  let run = await latestRun(worker);
  for (; run.finished_at === null; run = await latestRun(worker)) {
    await worker.scheduled(crons.frequent);
    ticks++;
  }
  const seconds = (performance.now() - startedAt) / 1000;
  const memoryMb = await peakMemoryMb();
  return { label, run, ticks, seconds, counters: await readCounters(worker.origin), memoryMb };
}

async function latestRun({ db }: BuiltWorker) {
  return runSchema.parse(
    await db.prepare("select * from reconcile_runs order by id desc limit 1").first(),
  );
}

/** Sets the metadata in Clerk as the cron's pushes would have done. */
async function settleMetadata({ db }: BuiltWorker, statePath: string): Promise<void> {
  const rows = await db.prepare("select clerk_user_id, id, role from users").raw();
  const clerk = openDatabase(statePath);
  const write = clerk.statement(
    "update users set document = json_set(document, '$.publicMetadata', json(?)) where id = ?",
  );
  clerk.transaction(() => {
    for (const [clerkUserId, dbId, role] of rows)
      write.run(JSON.stringify({ dbId, role }), `${clerkUserId}`);
  });
  clerk.close();
  await db.exec("update users set metadata_pending = 0");
}

/** Renames all users without sending webhooks. */
function renameAll(statePath: string): void {
  const clerk = openDatabase(statePath);
  clerk
    .statement(
      `update users set updated_at = updated_at + 1, document = json_set(document,
        '$.lastName', 'Renamed', '$.updatedAt', updated_at + 1)`,
    )
    .run();
  clerk.close();
}

function expectCounts(
  { label, run }: ReconcileFigures,
  expected: Partial<ReconcileFigures["run"]>,
): void {
  const wanted = { ...run, ...expected };
  if (JSON.stringify(wanted) !== JSON.stringify(run)) {
    throw new Error(`${label}: ${JSON.stringify(run)} is not ${JSON.stringify(expected)}`);
  }
}
