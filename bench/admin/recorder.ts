import { resolve } from "node:path";
import * as z from "zod";
import type { WorkerModule } from "../../tests/support/built-worker.ts";

const statementSchema = z.object({
  sql: z.string(),
  params: z.array(z.union([z.string(), z.number(), z.null()])),
});
const reportSchema = z.object({ statements: z.array(statementSchema), d1Ms: z.number() });
export type D1Report = z.infer<typeof reportSchema>;

/** Runs in workerd around the built worker: writes down every statement, and the time until D1 has answered. */
const source = `
import worker from "../../build/index.js";

let report = { statements: [], d1Ms: 0 };
const originals = new WeakMap();

async function timed(statements, work) {
  report.statements.push(...statements);
  const before = performance.now();
  try {
    return await work();
  } finally {
    report.d1Ms += performance.now() - before;
  }
}

function wrapStatement(statement, sql, params = []) {
  const wrapped = { bind: (...values) => wrapStatement(statement.bind(...values), sql, values) };
  for (const name of ["first", "run", "all", "raw"]) {
    wrapped[name] = (...args) => timed([{ sql, params }], () => statement[name](...args));
  }
  originals.set(wrapped, { statement, sql, params });
  return wrapped;
}

const wrapDatabase = (db) => ({
  prepare: (sql) => wrapStatement(db.prepare(sql), sql),
  batch(wrapped) {
    const all = wrapped.map((one) => originals.get(one));
    const noted = all.map(({ sql, params }) => ({ sql, params }));
    return timed(noted, () => db.batch(all.map(({ statement }) => statement)));
  },
});

export default {
  fetch(request, env, ctx) {
    if (new URL(request.url).pathname === "/__d1") {
      const last = report;
      report = { statements: [], d1Ms: 0 };
      return Response.json(last);
    }
    return worker.fetch(request, { ...env, DB: wrapDatabase(env.DB) }, ctx);
  },
};
`;

/** The built worker and its recorder, for Miniflare. */
export const recordingModules = (): WorkerModule[] => [
  { type: "ESModule", path: resolve("bench/admin/recorder.js"), contents: source },
  { type: "ESModule", path: resolve("build/index.js") },
];

/** What D1 was asked since this was asked last. */
export async function takeD1Report(origin: string): Promise<D1Report> {
  return reportSchema.parse(await (await fetch(`${origin}/__d1`)).json());
}
