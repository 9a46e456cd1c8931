import { AsyncLocalStorage } from "node:async_hooks";

/** Timeouts are extended for busy machines, and expire at once when a step hangs. */
const extensionFactor = 10;
/** Shorter delays are not timeouts: Stripe's package waits between its attempts. */
const shortestLimitMs = 1_000;
const pauseFactor = 1 / 50;

/** The request, webhook or cron that is being processed, including its background work. */
interface Invocation {
  /** In progress, and not hanging. */
  steps: Set<Promise<unknown>>;
  /** Also takes the timeouts that start now. */
  expiring: Set<TimeLimit> | null;
}

interface TimeLimit {
  invocation: Invocation | undefined;
  expire(): void;
}

const invocations = new AsyncLocalStorage<Invocation>();

export const runInvocation = <Result>(work: () => Promise<Result>): Promise<Result> =>
  invocations.run({ steps: new Set(), expiring: null }, work);

const timeLimits = new Map<unknown, TimeLimit>();

/** Runs a step that does not hang. */
export async function runStep<Result>(work: () => Promise<Result>): Promise<Result> {
  const steps = invocations.getStore()?.steps;
  const step = work();
  steps?.add(step);
  try {
    return await step;
  } finally {
    steps?.delete(step);
  }
}

/**
 * Never resolves. The running timeouts of this invocation, and those that it starts in the same
 * turn of the event loop, expire: one of them belongs to the step. Those of other steps end before.
 */
export function hang(): Promise<never> {
  const invocation = invocations.getStore();
  if (invocation === undefined) throw new Error("Nothing is being processed");
  const running = [...timeLimits.values()].filter((limit) => limit.invocation === invocation);
  const expiring = new Set(running);
  const others = [...invocation.steps];
  const expireAll = () => {
    for (const { expire } of expiring) expire();
  };
  invocation.expiring = expiring;
  originalSetTimeout(async () => {
    invocation.expiring = null;
    await Promise.allSettled(others);
    originalSetTimeout(expireAll, 0);
  }, 0);
  return new Promise(() => {});
}

const originalSetTimeout = globalThis.setTimeout;
const originalClearTimeout = globalThis.clearTimeout;
const signalTimers = new WeakMap<AbortSignal, () => void>();

function startTimer(
  work: (...args: unknown[]) => void,
  milliseconds = 0,
  ...args: unknown[]
): unknown {
  const invocation = invocations.getStore();
  const expire = () => void (timeLimits.delete(timer) && work(...args));
  const limit = { invocation, expire };
  const factor = milliseconds < shortestLimitMs ? pauseFactor : extensionFactor;
  const timer: unknown = originalSetTimeout(expire, milliseconds * factor);
  timeLimits.set(timer, limit);
  invocation?.expiring?.add(limit);
  return timer;
}

function stopTimer(timer: unknown): void {
  timeLimits.delete(timer);
  Reflect.apply(originalClearTimeout, globalThis, [timer]);
}

Object.assign(globalThis, { setTimeout: startTimer, clearTimeout: stopTimer });
AbortSignal.timeout = (milliseconds) => {
  const controller = new AbortController();
  const expire = () => controller.abort(new DOMException("Timed out", "TimeoutError"));
  const timer = startTimer(expire, milliseconds);
  signalTimers.set(controller.signal, () => stopTimer(timer));
  return controller.signal;
};

/** Of an `AbortSignal.timeout` whose work has ended. */
export const stopTimeout = (signal: AbortSignal): void => signalTimers.get(signal)?.();
