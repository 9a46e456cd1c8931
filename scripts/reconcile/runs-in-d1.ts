import { v7 as uuidv7 } from "uuid";
import * as z from "zod";
import { reconcileModes, reconcilePhases } from "../../app/db/enums.ts";
import { executeSql } from "../database/execute-sql.ts";
import type { CommandOptions } from "./options.ts";

const runSchema = z.object({
  id: z.string(),
  mode: z.enum(reconcileModes),
  allowMassDeletion: z.int().transform(Boolean),
  adoptInstance: z.int().transform(Boolean),
  phase: z.enum(reconcilePhases),
  total: z.number().nullable(),
  pages: z.number(),
  usersChecked: z.number(),
  rowsChecked: z.number(),
  missing: z.number(),
  outdated: z.number(),
  ahead: z.number(),
  metadataWrong: z.number(),
  gone: z.number(),
  tombstoned: z.number(),
  startedAt: z.number(),
  updatedAt: z.number(),
  finishedAt: z.number().nullable(),
  error: z.string().nullable(),
});
export type RunRecord = z.infer<typeof runSchema>;

const columns = Object.keys(runSchema.shape)
  .map((name) => `${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)} as ${name}`)
  .join(", ");

/**
 * Starts a run, or returns the one in progress, like the worker's `startRun`.
 * @throws if D1 does not answer.
 */
export async function requestRun(
  options: CommandOptions,
  now: number,
): Promise<{ run: RunRecord; isNew: boolean }> {
  const id = uuidv7();
  const flags = `${Number(options.allowMassDeletion)}, ${Number(options.adoptInstance)}`;
  const values = `'${id}', '${options.mode}', ${flags}, ${now}, ${now}`;
  const insert = `insert into reconcile_runs (id, mode, allow_mass_deletion, adopt_instance, started_at, updated_at)
    values (${values}) on conflict do nothing`;
  const open = `select ${columns} from reconcile_runs where finished_at is null`;
  const run = await queryRun(options, insert, open);
  return { run, isNew: run.id === id };
}

/** @throws if D1 does not answer or the run no longer exists. */
export function readRun(options: CommandOptions, id: string): Promise<RunRecord> {
  return queryRun(options, `select ${columns} from reconcile_runs where id = '${id}'`);
}

/** Users whose id and role have not reached Clerk yet. */
export async function countPendingPushes(options: CommandOptions): Promise<number> {
  const sql = "select count(*) as pending from users where metadata_pending = 1";
  const [row] = await executeSql(options, sql);
  return z.object({ pending: z.number() }).parse(row).pending;
}

async function queryRun(options: CommandOptions, ...sql: string[]): Promise<RunRecord> {
  const [row] = await executeSql(options, ...sql);
  if (row === undefined) throw new Error("The run is no longer in D1.");
  return runSchema.parse(row);
}
