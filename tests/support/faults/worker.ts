/**
 * Wraps `build/index.js` in workerd: every call to D1, KV, Clerk and Stripe is a step that can be
 * made to fail. The bindings are real. Types are stripped before loading.
 */
// @ts-expect-error The build has no types.
import worker from "../../../build/index.js";
import type { FaultPlan, FaultReport } from "./plan.ts";
import { hang, runInvocation, runStep, stopTimeout } from "./time-limits.ts";

let plan: FaultPlan | null = null;
let report: Omit<FaultReport, "running"> = {
  steps: [],
  injected: 0,
  totalInjected: 0,
  totalSteps: 0,
};
/** Requests, crons and background work in progress. */
let running = 0;

/** Keys written since "kv-limit" was armed. */
let writtenKeys: Set<unknown> | null = null;

/** Called after each step; releases a step that waits for it. */
let onStepDone = () => {};

/** Lets a paused step continue. */
let resume = () => {};

interface Step<Result> {
  name: string;
  act: () => Result | Promise<Result>;
  /** Quoted in the injected error, as database and parser errors do. */
  input: unknown;
}

/** Whether the latest step is the one to fail. */
function isPlanned({ step, service }: FaultPlan, name: string): boolean {
  const counts = (done: string) => service === undefined || done.startsWith(service);
  return counts(name) && report.steps.filter(counts).length === step;
}

async function step<Result>({ name, act, input }: Step<Result>): Promise<Result> {
  report.steps.push(name);
  report.totalSteps++;
  if (plan === null || !isPlanned(plan, name)) {
    const result = await runStep(async () => act());
    onStepDone();
    return result;
  }
  const { mode } = plan;
  plan = null;
  report.injected++;
  report.totalInjected++;
  if (mode === "overlaps") {
    const nextStep = new Promise<void>((resolve) => {
      onStepDone = resolve;
    });
    const result = await act();
    await nextStep;
    return result;
  }
  if (mode === "pauses") {
    const resumed = new Promise<void>((resolve) => {
      resume = resolve;
    });
    const result = await act();
    await resumed;
    return result;
  }
  if (mode === "hangs") return hang();
  const quoted = [input, mode === "response-lost" ? await readable(await act()) : null];
  throw new Error(`injected: ${name} ${mode}, "${JSON.stringify(quoted)}"`);
}

const readable = (result: unknown) =>
  result instanceof Response ? result.clone().text() : Promise.resolve(result);

type Methods = Record<string, (...args: unknown[]) => unknown>;

/** A proxy that turns the named methods into steps; `wrap` replaces other methods. */
function withSteps(
  target: object,
  label: string,
  names: readonly string[],
  wrap: Methods = {},
  input: unknown = null,
): object {
  return new Proxy(target, {
    get(object, name) {
      const value = Reflect.get(object, name);
      const replacement = typeof name === "string" ? wrap[name] : undefined;
      if (replacement) return replacement;
      if (typeof value !== "function" || typeof name !== "string") return value;
      const call = (...args: unknown[]) => Reflect.apply(value, object, args);
      return names.includes(name)
        ? (...args: unknown[]) =>
            step({ name: `${label}.${name}`, act: () => call(...args), input: [input, args] })
        : call;
    },
  });
}

const originals = new WeakMap<object, { statement: D1PreparedStatement; values: unknown[] }>();

function faultyStatement(
  statement: D1PreparedStatement,
  label: "D1" | "D1.read",
  values: unknown[] = [],
): object {
  const bind = (...bound: unknown[]) => faultyStatement(statement.bind(...bound), label, bound);
  const faulty = withSteps(statement, label, ["first", "run", "all", "raw"], { bind }, values);
  originals.set(faulty, { statement, values });
  return faulty;
}

function faultyDatabase(db: D1Database): object {
  return withSteps(db, "D1", ["exec"], {
    prepare(query) {
      const label = /^\s*select\b/i.test(String(query)) ? "D1.read" : "D1";
      return faultyStatement(db.prepare(String(query)), label);
    },
    batch(statements) {
      const batch = Array.from(Object(statements), (one: object) => originals.get(one));
      const act = () => Reflect.apply(db.batch, db, [batch.map((one) => one?.statement)]);
      return step({ name: "D1.batch", act, input: batch.map((one) => one?.values) });
    },
  });
}

function faultyKv(kv: KVNamespace): object {
  const put = (...args: unknown[]) =>
    step({
      name: "KV.put",
      async act() {
        if (writtenKeys?.has(args[0])) throw new Error("KV PUT failed: 429 Too Many Requests");
        writtenKeys?.add(args[0]);
        return Reflect.apply(kv.put, kv, args);
      },
      input: args,
    });
  return withSteps(kv, "KV", ["get", "delete"], { put });
}

const faultyEnvs = new WeakMap<Env, object>();

/** Returns the same object for the same bindings, because programs use it as a cache key. */
function faultyEnv(env: Env): object {
  const bindings = faultyEnvs.get(env) ?? {
    ...env,
    DB: faultyDatabase(env.DB),
    USERS_KV: faultyKv(env.USERS_KV),
  };
  faultyEnvs.set(env, bindings);
  return bindings;
}

const originalFetch = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const url = input instanceof Request ? input.url : String(input);
  const service = url.includes("/bapi/") ? "Clerk" : url.includes("/v1/") ? "Stripe" : null;
  if (service === null) return originalFetch(input, init);
  const aborted = new Promise<never>((_, reject) => {
    init?.signal?.addEventListener("abort", () => reject(new Error("aborted")));
  });
  const response = step({
    name: `${service}.${init?.method ?? "GET"}`,
    act: () => originalFetch(input, { ...init, signal: null }),
    input: [url, init?.body],
  });
  try {
    return await Promise.race([response, aborted]);
  } finally {
    if (init?.signal) stopTimeout(init.signal);
  }
};

/** Runs an invocation of the worker. */
const invoke = <Result>(work: () => Promise<Result>) => runInvocation(() => track(work()));

async function track<Result>(work: Promise<Result>): Promise<Result> {
  running++;
  try {
    return await work;
  } finally {
    running--;
  }
}

/** Resolves once nothing is in progress. */
async function waitUntilIdle(): Promise<void> {
  while (running > 0) await scheduler.wait(2);
}

const trackedContext = (ctx: ExecutionContext) =>
  withSteps(ctx, "ctx", [], { waitUntil: (work) => ctx.waitUntil(track(Promise.resolve(work))) });

export default {
  async fetch(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    if (pathname !== "/__faults")
      return invoke(() => worker.fetch(request, faultyEnv(env), trackedContext(ctx)));
    if (search === "?idle") await waitUntilIdle();
    if (request.method === "GET") return Response.json({ ...report, running });
    plan = await request.json();
    if (plan === null) resume();
    writtenKeys = plan?.mode === "kv-limit" ? new Set() : null;
    report = { ...report, steps: [], injected: 0 };
    return Response.json({ ...report, running });
  },
  scheduled: (event: ScheduledController, env: Env, ctx: ExecutionContext) =>
    invoke(() => worker.scheduled(event, faultyEnv(env), trackedContext(ctx))),
};
