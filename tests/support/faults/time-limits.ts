import { AsyncLocalStorage } from "node:async_hooks";

/** Timeouts are extended for busy machines, and shortened when a step hangs. */
const extensionFactor = 10;
/** Shorter delays are not timeouts: Stripe's package waits between its attempts. */
const shortestLimitMs = 1_000;
const speedupFactor = 50;

/** The request, webhook or cron that is being processed, including its background work. */
const invocations = new AsyncLocalStorage<{ isHanging: boolean }>();

export const runInvocation = <Result>(work: () => Promise<Result>): Promise<Result> =>
  invocations.run({ isHanging: false }, work);

interface TimeLimit {
  invocation: object | undefined;
  milliseconds: number;
  expire(): void;
}

const timeLimits = new Map<unknown, TimeLimit>();

/**
 * Never resolves. The running timeouts of this invocation, and those that it starts in the same turn
 * of the event loop, expire soon: one of them belongs to the step.
 */
export function hang(): Promise<never> {
  const invocation = invocations.getStore();
  if (invocation === undefined) throw new Error("Nothing is being processed");
  for (const limit of timeLimits.values()) {
    if (limit.invocation === invocation) expireSoon(limit);
  }
  invocation.isHanging = true;
  originalSetTimeout(() => {
    invocation.isHanging = false;
  }, 0);
  return new Promise(() => {});
}

const expireSoon = ({ milliseconds, expire }: TimeLimit) =>
  originalSetTimeout(expire, milliseconds / speedupFactor);

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
  const limit = { invocation, milliseconds, expire };
  const factor = milliseconds < shortestLimitMs ? 1 : extensionFactor;
  const timer: unknown = originalSetTimeout(limit.expire, milliseconds * factor);
  timeLimits.set(timer, limit);
  if (invocation?.isHanging) expireSoon(limit);
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
