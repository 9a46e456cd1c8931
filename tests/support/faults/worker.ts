/**
 * The built worker with its edges in our hands: every call to D1, KV and Clerk is a step that can be made to go wrong. Runs in
 * workerd around `build/index.js`; the bindings below are the real ones. Types are stripped before it is loaded.
 */
// @ts-expect-error The build is JavaScript and has no types.
import worker from "../../../build/index.js";
import type { FaultPlan, FaultReport } from "./plan.ts";

let plan: FaultPlan | null = null;
let report: Omit<FaultReport, "running"> = {
  steps: [],
  injected: 0,
  injectedInAll: 0,
  stepsInAll: 0,
};
/** Requests, crons and background work that have not ended. */
let running = 0;

/** Called when a step is done: it lets go on whichever waits for that. */
let reach = () => {};

interface Step<Result> {
  name: string;
  act: () => Result | Promise<Result>;
  /** What was sent. The injected error quotes it, as errors of databases and parsers do. */
  input: unknown;
}

async function step<Result>({ name, act, input }: Step<Result>): Promise<Result> {
  report.steps.push(name);
  report.stepsInAll++;
  if (plan?.step !== report.steps.length) {
    const result = await act();
    reach();
    return result;
  }
  const { mode } = plan;
  plan = null;
  report.injected++;
  report.injectedInAll++;
  if (mode === "meets") {
    const reached = new Promise<void>((resolve) => {
      reach = resolve;
    });
    const result = await act();
    await reached;
    return result;
  }
  if (mode === "hangs") return hang();
  const quoted = [input, mode === "answer-lost" ? await readable(await act()) : null];
  throw new Error(`injected: ${name} ${mode}, "${JSON.stringify(quoted)}"`);
}

const readable = (result: unknown) =>
  result instanceof Response ? result.clone().text() : Promise.resolve(result);

type Methods = Record<string, (...args: unknown[]) => unknown>;

/** The same object, but the named methods are steps and what `wrap` returns stands for the rest. */
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
      const own = typeof name === "string" ? wrap[name] : undefined;
      if (own) return own;
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

function faultyStatement(statement: D1PreparedStatement, values: unknown[] = []): object {
  const bind = (...bound: unknown[]) => faultyStatement(statement.bind(...bound), bound);
  const faulty = withSteps(statement, "D1", ["first", "run", "all", "raw"], { bind }, values);
  originals.set(faulty, { statement, values });
  return faulty;
}

function faultyDatabase(db: D1Database): object {
  return withSteps(db, "D1", ["exec"], {
    prepare: (query) => faultyStatement(db.prepare(String(query))),
    batch(statements) {
      const batch = Array.from(Object(statements), (one: object) => originals.get(one));
      const act = () => Reflect.apply(db.batch, db, [batch.map((one) => one?.statement)]);
      return step({ name: "D1.batch", act, input: batch.map((one) => one?.values) });
    },
  });
}

const known = new WeakMap<Env, object>();

/** The same object for the same bindings, as the runtime gives it: programs keep things by it. */
function faultyEnv(env: Env): object {
  const bindings = known.get(env) ?? {
    ...env,
    DB: faultyDatabase(env.DB),
    USERS_KV: withSteps(env.USERS_KV, "KV", ["get", "put", "delete"]),
  };
  known.set(env, bindings);
  return bindings;
}

const trueFetch = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const url = input instanceof Request ? input.url : String(input);
  if (!url.includes("/bapi/")) return trueFetch(input, init);
  const aborted = new Promise<never>((_, reject) => {
    init?.signal?.addEventListener("abort", () => reject(new Error("aborted")));
  });
  const response = step({
    name: `Clerk.${init?.method ?? "GET"}`,
    act: () => trueFetch(input, { ...init, signal: null }),
    input: [url, init?.body],
  });
  try {
    return await Promise.race([response, aborted]);
  } finally {
    if (init?.signal) signalTimers.get(init.signal)?.();
  }
};

/** Time limits are generous, since the machine may be busy, but for a step that hangs. */
const generosity = 10;
const hurry = 50;

interface TimeLimit {
  milliseconds: number;
  expire(): void;
}

const timeLimits = new Map<unknown, TimeLimit>();
let isHanging = false;

/**
 * Never ends. The limits that run now, and those that start in the same turn of the event loop, expire soon: one of them is
 * that of the step.
 */
function hang(): Promise<never> {
  for (const limit of timeLimits.values()) expireSoon(limit);
  isHanging = true;
  trueSetTimeout(() => {
    isHanging = false;
  }, 0);
  return new Promise(() => {});
}

const expireSoon = ({ milliseconds, expire }: TimeLimit) =>
  trueSetTimeout(expire, milliseconds / hurry);

const trueSetTimeout = globalThis.setTimeout;
const trueClearTimeout = globalThis.clearTimeout;
const signalTimers = new WeakMap<AbortSignal, () => void>();

function startTimer(work: () => void, milliseconds = 0): unknown {
  const limit = { milliseconds, expire: () => void (timeLimits.delete(timer) && work()) };
  const timer: unknown = trueSetTimeout(limit.expire, milliseconds * generosity);
  timeLimits.set(timer, limit);
  if (isHanging) expireSoon(limit);
  return timer;
}

function stopTimer(timer: unknown): void {
  timeLimits.delete(timer);
  Reflect.apply(trueClearTimeout, globalThis, [timer]);
}

Object.assign(globalThis, { setTimeout: startTimer, clearTimeout: stopTimer });
AbortSignal.timeout = (milliseconds) => {
  const controller = new AbortController();
  const expire = () => controller.abort(new DOMException("Timed out", "TimeoutError"));
  const timer = startTimer(expire, milliseconds);
  signalTimers.set(controller.signal, () => stopTimer(timer));
  return controller.signal;
};

async function track<Result>(work: Promise<Result>): Promise<Result> {
  running++;
  try {
    return await work;
  } finally {
    running--;
  }
}

const trackedContext = (ctx: ExecutionContext) =>
  withSteps(ctx, "ctx", [], { waitUntil: (work) => ctx.waitUntil(track(Promise.resolve(work))) });

export default {
  async fetch(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
    if (new URL(request.url).pathname !== "/__faults")
      return track(worker.fetch(request, faultyEnv(env), trackedContext(ctx)));
    if (request.method === "GET") return Response.json({ ...report, running });
    plan = await request.json();
    report = { ...report, steps: [], injected: 0 };
    return Response.json({ ...report, running });
  },
  scheduled: (event: ScheduledController, env: Env, ctx: ExecutionContext) =>
    track(worker.scheduled(event, faultyEnv(env), trackedContext(ctx))),
};
