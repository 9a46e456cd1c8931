import { v7 as uuidv7 } from "uuid";
import * as z from "zod";
import { reconcileModes, reconcilePhases } from "../../app/db/enums.ts";
import { executeSql } from "../database/execute-sql.ts";
import type { CommandOptions } from "./options.ts";

const runSchema = z.object({
  id: z.string(),
  mode: z.enum(reconcileModes),
  allowMassDeletion: z.int().transform(Boolean),
  phase: z.enum(reconcilePhases),
  total: z.number().nullable(),
  pages: z.number(),
  usersChecked: z.number(),
  rowsChecked: z.number(),
  missing: z.number(),
  outdated: z.number(),
  metadataWrong: z.number(),
  gone: z.number(),
  tombstoned: z.number(),
  startedAt: z.number(),
  updatedAt: z.number(),
  finishedAt: z.number().nullable(),
  error: z.string().nullable(),
});
/** A run as the terminal sees it. */
export type RunRecord = z.infer<typeof runSchema>;

const columns = Object.keys(runSchema.shape)
  .map((name) => `${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)} as ${name}`)
  .join(", ");

/**
 * Begins a run; where one is under way already, that one goes on and is returned, as `startRun` of the worker does it.
 * @throws with what wrangler said when D1 does not take it.
 */
export async function requestRun(
  options: CommandOptions,
  now: number,
): Promise<{ run: RunRecord; isNew: boolean }> {
  const id = uuidv7();
  const values = `'${id}', '${options.mode}', ${Number(options.allowMassDeletion)}, ${now}, ${now}`;
  const insert = `insert into reconcile_runs (id, mode, allow_mass_deletion, started_at, updated_at)
    values (${values}) on conflict do nothing`;
  const open = `select ${columns} from reconcile_runs where finished_at is null`;
  const run = await execute(options, `${insert}; ${open}`);
  return { run, isNew: run.id === id };
}

/** @throws with what wrangler said when D1 does not answer, or when the run is no longer there. */
export function readRun(options: CommandOptions, id: string): Promise<RunRecord> {
  return execute(options, `select ${columns} from reconcile_runs where id = '${id}'`);
}

/** Runs SQL whose last statement yields a run. */
async function execute(place: CommandOptions, sql: string): Promise<RunRecord> {
  const [row] = await executeSql(place, sql);
  if (row === undefined) throw new Error("The run is not in D1 any more.");
  return runSchema.parse(row);
}
