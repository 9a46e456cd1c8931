import type { Clock } from "../clock.ts";
import type { Database } from "../state/database.ts";
import type { Settings } from "../state/settings.ts";
import { decideNextDelivery } from "./delivery-decision.ts";
import {
  type Attempt,
  attempts,
  findMessage,
  type Message,
  nextDueTime,
  updateMessage,
} from "./messages.ts";
import { retryDelay } from "./schedule.ts";
import { isDelivered, sendMessage } from "./sender.ts";

type Options = {
  db: Database;
  clock: Clock;
  settings: () => Settings["webhooks"];
  log: (line: string) => void;
};

type Delivery = { slow: boolean; done: Promise<void> };
type Waiter = { retries: boolean; resolve: () => void };

/**
 * One message at a time while the receiver answers within this time; only behind a slower one
 * does the next set out, so that a hanging delivery blocks nothing.
 */
const patienceMs = 1000;

const maxInFlight = 8;
const longestTimerMs = 60 * 60 * 1000;

/** Sends the queued messages, and again on Svix's schedule, until each is delivered or given up. */
export class Dispatcher {
  readonly #options: Options;
  readonly #inFlight = new Map<string, Delivery>();
  readonly #closing = new AbortController();
  #waiters: Waiter[] = [];
  #timer: NodeJS.Timeout | undefined;
  #woken = false;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Looks for due messages soon; returns at once. */
  wake(): void {
    if (this.#woken) return;
    this.#woken = true;
    setImmediate(() => {
      this.#woken = false;
      this.#pump();
    });
  }

  /**
   * Resolves when no message is due or in flight; with `retries`, when none waits for a retry
   * either. Held messages do not count.
   */
  idle({ retries }: { retries: boolean }): Promise<void> {
    return new Promise((resolve) => {
      this.#waiters.push({ retries, resolve });
      this.wake();
    });
  }

  /** Makes a message due now, under the same `svix-id`, whatever became of it before. */
  redeliver({ id, attempts }: Message): void {
    const { db, clock } = this.#options;
    updateMessage(db, id, { status: "pending", attempts, nextAttemptAt: clock.now() });
    this.wake();
  }

  /** Breaks off what is in flight; it counts as not tried. */
  async close(): Promise<void> {
    this.#closing.abort();
    clearTimeout(this.#timer);
    await Promise.all([...this.#inFlight.values()].map(({ done }) => done));
    for (const waiter of this.#waiters) waiter.resolve();
  }

  #pump(): void {
    if (this.#closing.signal.aborted) return;
    clearTimeout(this.#timer);
    const { db, clock, settings } = this.#options;
    const deliveries = [...this.#inFlight.values()];
    const busy = deliveries.length >= maxInFlight || deliveries.some(({ slow }) => !slow);
    if (!busy) {
      const next = decideNextDelivery(db, settings(), clock.now(), [...this.#inFlight.keys()]);
      if (next !== undefined) this.#deliver(next);
      else this.#planNextRetry();
    }
    this.#settleWaiters();
  }

  #deliver(message: Message): void {
    const { clock, settings } = this.#options;
    const delivery: Delivery = { slow: false, done: Promise.resolve() };
    const patience = setTimeout(() => {
      delivery.slow = true;
      this.#pump();
    }, patienceMs);
    this.#inFlight.set(message.id, delivery);
    delivery.done = sendMessage(message, settings(), clock, this.#closing.signal).then(
      (attempt) => {
        clearTimeout(patience);
        this.#inFlight.delete(message.id);
        if (this.#closing.signal.aborted) return;
        this.#record(message.id, attempt);
        this.wake();
      },
    );
  }

  #record(messageId: string, attempt: Attempt): void {
    const { db, log } = this.#options;
    db.transaction(() => {
      const message = findMessage(db, messageId);
      if (message === undefined) return;
      attempts.save(db, attempt);
      updateMessage(db, messageId, this.#outcome(message.attempts + 1, isDelivered(attempt)));
      log(`webhook ${message.type} ${attempt.status ?? attempt.error} ${attempt.durationMs}ms`);
    });
  }

  #outcome(count: number, delivered: boolean): Parameters<typeof updateMessage>[2] {
    const { clock, settings } = this.#options;
    if (delivered) return { status: "delivered", attempts: count, nextAttemptAt: null };
    const delay = retryDelay(count, settings().retryDelayScale);
    if (delay === undefined) return { status: "exhausted", attempts: count, nextAttemptAt: null };
    return { status: "pending", attempts: count, nextAttemptAt: clock.now() + delay };
  }

  #planNextRetry(): void {
    const { db, clock, settings } = this.#options;
    const at = settings().held ? undefined : nextDueTime(db, [...this.#inFlight.keys()]);
    if (at === undefined) return;
    const delay = Math.min(Math.max(at - clock.now(), 1), longestTimerMs);
    this.#timer = setTimeout(() => this.#pump(), delay);
  }

  #settleWaiters(): void {
    if (this.#inFlight.size > 0 || this.#waiters.length === 0) return;
    const { db, clock, settings } = this.#options;
    const due = settings().held ? undefined : nextDueTime(db, []);
    const isIdle = ({ retries }: Waiter) => due === undefined || (!retries && due > clock.now());
    const settled = this.#waiters.filter(isIdle);
    this.#waiters = this.#waiters.filter((waiter) => !isIdle(waiter));
    for (const waiter of settled) waiter.resolve();
  }
}
