import type { Chaos } from "../chaos/chaos.ts";
import { defaultPlan, deliveryPlans } from "../chaos/delivery-plan.ts";
import type { Clock } from "../clock.ts";
import type { Database } from "../state/database.ts";
import type { Settings } from "../state/settings.ts";
import { type Delivery, decideNextDelivery } from "./delivery-decision.ts";
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
  chaos: Chaos;
  log: (line: string) => void;
};

type InFlight = { slow: boolean; done: Promise<void> };
type Waiter = { retries: boolean; resolve: () => void };

/**
 * A receiver that answers within this time gets its messages one at a time (or as many as the chaos
 * settings say); only behind a slower one does the next set out, so that a hanging delivery blocks
 * nothing.
 */
const timeoutMs = 1000;

const maxSlow = 7;
const longestTimerMs = 60 * 60 * 1000;

/** Sends the queued messages, and again on Svix's schedule, until each is delivered or given up. */
export class Dispatcher {
  readonly #options: Options;
  readonly #inFlight = new Map<string, InFlight>();
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
    db.transaction(() => {
      updateMessage(db, id, { status: "pending", attempts, nextAttemptAt: clock.now() });
      deliveryPlans.save(db, defaultPlan(id));
    });
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
    const { db, clock, settings, chaos } = this.#options;
    while (!this.#isBusy()) {
      const sending = [...this.#inFlight.keys()];
      const decision = decideNextDelivery(db, settings(), chaos, clock.now(), sending);
      if ("delivery" in decision) {
        this.#deliver(decision.delivery);
      } else {
        this.#askAgain(decision.nextAt);
        break;
      }
    }
    this.#settleWaiters();
  }

  #isBusy(): boolean {
    const { concurrency } = this.#options.chaos.settings().deliveries;
    const inFlight = [...this.#inFlight.values()];
    const quick = inFlight.filter(({ slow }) => !slow).length;
    return quick >= concurrency || inFlight.length >= concurrency + maxSlow;
  }

  #deliver(delivery: Delivery): void {
    const { id } = delivery.message;
    const entry: InFlight = { slow: false, done: Promise.resolve() };
    const timeout = setTimeout(() => {
      entry.slow = true;
      this.#pump();
    }, timeoutMs);
    this.#inFlight.set(id, entry);
    entry.done = this.#send(delivery).then((made) => {
      clearTimeout(timeout);
      this.#inFlight.delete(id);
      if (this.#closing.signal.aborted) return;
      this.#record(id, made);
      this.wake();
    });
  }

  /** The message and its copies: one after another, or at the same moment. */
  async #send({ message, copies, badSignature }: Delivery): Promise<Attempt[]> {
    const { clock, settings, chaos } = this.#options;
    const { signal } = this.#closing;
    const send = (turn: number) => {
      const bad = badSignature && turn === 0;
      return sendMessage(message, settings(), clock, signal, { badSignature: bad });
    };
    const turns = Array.from({ length: copies + 1 }, (_, turn) => turn);
    if (chaos.settings().deliveries.concurrency > 1) return Promise.all(turns.map(send));
    const made: Attempt[] = [];
    for (const turn of turns) made.push(await send(turn));
    return made;
  }

  #record(messageId: string, made: Attempt[]): void {
    const { db, log } = this.#options;
    db.transaction(() => {
      const message = findMessage(db, messageId);
      if (message === undefined) return;
      for (const attempt of made) {
        attempts.save(db, attempt);
        log(`webhook ${message.type} ${attempt.status ?? attempt.error} ${attempt.durationMs}ms`);
      }
      deliveryPlans.remove(db, messageId);
      const count = message.attempts + made.length;
      updateMessage(db, messageId, this.#outcome(count, made.some(isDelivered)));
    });
  }

  #outcome(count: number, delivered: boolean): Parameters<typeof updateMessage>[2] {
    const { clock, settings } = this.#options;
    if (delivered) return { status: "delivered", attempts: count, nextAttemptAt: null };
    const delay = retryDelay(count, settings().retryDelayScale);
    if (delay === undefined) return { status: "exhausted", attempts: count, nextAttemptAt: null };
    return { status: "pending", attempts: count, nextAttemptAt: clock.now() + delay };
  }

  #askAgain(at: number | undefined): void {
    if (at === undefined) return;
    const delay = Math.min(Math.max(at - this.#options.clock.now(), 1), longestTimerMs);
    this.#timer = setTimeout(() => this.#pump(), delay);
  }

  #settleWaiters(): void {
    if (this.#inFlight.size > 0 || this.#waiters.length === 0) return;
    const { db, clock, settings } = this.#options;
    const due = settings().held ? undefined : nextDueTime(db);
    const isIdle = ({ retries }: Waiter) => due === undefined || (!retries && due > clock.now());
    const settled = this.#waiters.filter(isIdle);
    this.#waiters = this.#waiters.filter((waiter) => !isIdle(waiter));
    for (const waiter of settled) waiter.resolve();
  }
}
