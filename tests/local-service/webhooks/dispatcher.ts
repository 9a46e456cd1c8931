import type { Chaos } from "../chaos/chaos.ts";
import { defaultPlan, deliveryPlans } from "../chaos/delivery-plan.ts";
import type { Clock } from "../clock.ts";
import type { Database } from "../state/database.ts";
import { type Delivery, decideNextDelivery } from "./delivery-decision.ts";
import {
  type Attempt,
  attempts,
  findMessage,
  type Message,
  nextDueTime,
  updateMessage,
} from "./messages.ts";
import { isDelivered, type Protocol, sendMessage } from "./sender.ts";
import type { WebhookSettings } from "./settings.ts";

type Options = {
  db: Database;
  clock: Clock;
  settings: () => WebhookSettings;
  protocol: Protocol;
  chaos: Chaos;
  log: (line: string) => void;
};

type InFlight = { slow: boolean; done: Promise<void> };
type Waiter = { retries: boolean; resolve: () => void };

/**
 * A delivery that takes longer no longer counts toward the concurrency limit, so that a hanging
 * receiver does not block other messages.
 */
const slowAfterMs = 1000;

const maxSlow = 7;
const maxTimerMs = 60 * 60 * 1000;

/** Sends queued messages and retries them on the schedule of the protocol. */
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

  /** Schedules a check for due messages. */
  wake(): void {
    if (this.#woken) return;
    this.#woken = true;
    setImmediate(() => {
      this.#woken = false;
      this.#pump();
    });
  }

  /**
   * Resolves when no message is due or in flight; with `retries`, also no retry is pending. Ignores
   * held messages.
   */
  idle({ retries }: { retries: boolean }): Promise<void> {
    return new Promise((resolve) => {
      this.#waiters.push({ retries, resolve });
      this.wake();
    });
  }

  /** Sends the message again with the same id, regardless of its status. */
  redeliver({ id, attempts }: Message): void {
    const { db, clock } = this.#options;
    db.transaction(() => {
      updateMessage(db, id, { status: "pending", attempts, nextAttemptAt: clock.now() });
      deliveryPlans.save(db, defaultPlan(id));
    });
    this.wake();
  }

  /** Aborts deliveries in flight; they do not count as attempts. */
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
      const inFlight = [...this.#inFlight.keys()];
      const decision = decideNextDelivery(db, settings(), chaos, clock.now(), inFlight);
      if ("delivery" in decision) {
        this.#deliver(decision.delivery);
      } else {
        this.#schedulePump(decision.nextAt);
        break;
      }
    }
    this.#resolveWaiters();
  }

  #isBusy(): boolean {
    const { concurrency } = this.#options.chaos.settings().deliveries;
    const inFlight = [...this.#inFlight.values()];
    const active = inFlight.filter(({ slow }) => !slow).length;
    return active >= concurrency || inFlight.length >= concurrency + maxSlow;
  }

  #deliver(delivery: Delivery): void {
    const { id } = delivery.message;
    const entry: InFlight = { slow: false, done: Promise.resolve() };
    const slowTimer = setTimeout(() => {
      entry.slow = true;
      this.#pump();
    }, slowAfterMs);
    this.#inFlight.set(id, entry);
    entry.done = this.#send(delivery).then((newAttempts) => {
      clearTimeout(slowTimer);
      this.#inFlight.delete(id);
      if (this.#closing.signal.aborted) return;
      this.#record(id, newAttempts);
      this.wake();
    });
  }

  /** Sends the message and its copies, in sequence or in parallel. */
  async #send({ message, copies, badSignature }: Delivery): Promise<Attempt[]> {
    const { clock, settings, chaos, protocol } = this.#options;
    const { signal } = this.#closing;
    const send = (copy: number) =>
      sendMessage(protocol, message, settings(), {
        at: clock.now(),
        signal,
        badSignature: badSignature && copy === 0,
      });
    const all = Array.from({ length: copies + 1 }, (_, copy) => copy);
    if (chaos.settings().deliveries.concurrency > 1) return Promise.all(all.map(send));
    const results: Attempt[] = [];
    for (const copy of all) results.push(await send(copy));
    return results;
  }

  #record(messageId: string, newAttempts: Attempt[]): void {
    const { db, log } = this.#options;
    db.transaction(() => {
      const message = findMessage(db, messageId);
      if (message === undefined) return;
      for (const attempt of newAttempts) {
        attempts.save(db, attempt);
        log(`webhook ${message.type} ${attempt.status ?? attempt.error} ${attempt.durationMs}ms`);
      }
      deliveryPlans.remove(db, messageId);
      const count = message.attempts + newAttempts.length;
      updateMessage(db, messageId, this.#outcome(message, count, newAttempts.some(isDelivered)));
    });
  }

  #outcome(
    message: Message,
    count: number,
    delivered: boolean,
  ): Parameters<typeof updateMessage>[2] {
    const { clock, settings, protocol } = this.#options;
    if (delivered) return { status: "delivered", attempts: count, nextAttemptAt: null };
    const delay = protocol.retryDelay(message, count, settings().retryDelayScale);
    if (delay === undefined) return { status: "exhausted", attempts: count, nextAttemptAt: null };
    return { status: "pending", attempts: count, nextAttemptAt: clock.now() + delay };
  }

  #schedulePump(at: number | undefined): void {
    if (at === undefined) return;
    const delay = Math.min(Math.max(at - this.#options.clock.now(), 1), maxTimerMs);
    this.#timer = setTimeout(() => this.#pump(), delay);
  }

  #resolveWaiters(): void {
    if (this.#inFlight.size > 0 || this.#waiters.length === 0) return;
    const { db, clock, settings } = this.#options;
    const due = settings().held ? undefined : nextDueTime(db);
    const isIdle = ({ retries }: Waiter) => due === undefined || (!retries && due > clock.now());
    const ready = this.#waiters.filter(isIdle);
    this.#waiters = this.#waiters.filter((waiter) => !isIdle(waiter));
    for (const waiter of ready) waiter.resolve();
  }
}
