import fc from "fast-check";
import { type FaultMode, faultModes } from "../faults/plan.ts";

export const buyersPerSchedule = 2;
export const coursesPerSchedule = 2;

/** In cents; every course starts with the first one. */
export const prices = [2_900, 3_900] as const;
type Price = (typeof prices)[number];

/** A buyer's latest order of a course. */
interface OrderRef {
  buyer: number;
  course: number;
}

/** One event. Numbers select an existing item; `session` is one that a buyer was sent to. */
export type Operation =
  /** `seenPrice`: null is the current one. */
  | (OrderRef & { kind: "order"; clicks: number; seenPrice: Price | null })
  | (OrderRef & { kind: "press"; button: "pay" | "check" | "cancel" })
  | { kind: "pay"; session: number; method: "card" | "card_declined" | "bank_debit" }
  | { kind: "settle-debit"; session: number; outcome: "succeeded" | "failed" }
  | { kind: "expire-session"; session: number }
  /** Time passes for an order that has no payment page yet. */
  | (OrderRef & { kind: "wait"; minutes: 30 | 90 })
  /** `isAnnounced`: the webhook about it arrives at once. */
  | { kind: "delete-buyer"; buyer: number; isAnnounced: boolean }
  | { kind: "ban-buyer"; buyer: number; banned: boolean; isAnnounced: boolean }
  | { kind: "change-status"; course: number; status: "published" | "archived" }
  | { kind: "change-price"; course: number; price: Price }
  /** Webhooks, which may have been delivered before. */
  | { kind: "deliver-payment"; session: number; message: number; copies: number }
  | { kind: "deliver-account"; buyer: number; message: number; copies: number }
  | { kind: "cron" }
  | { kind: "stripe-fault"; fault: "internal_error" | "unavailable"; acts: boolean }
  | { kind: "fault"; step: number; mode: FaultMode };

/** Rounds run one after another; the operations of a round run concurrently. */
export type Schedule = Operation[][];

const buyer = fc.nat(buyersPerSchedule - 1);
const course = fc.nat(coursesPerSchedule - 1);
const session = fc.nat(3);
const message = fc.nat(3);
const once = fc.integer({ min: 1, max: 2 });
const kind = <Kind extends Operation["kind"]>(name: Kind) => fc.constant(name);

const weighted = (weight: number, arbitrary: fc.Arbitrary<Operation>) => ({ weight, arbitrary });

const buying = [
  weighted(
    8,
    fc.record({
      kind: kind("order"),
      buyer,
      course,
      clicks: once,
      seenPrice: fc.constantFrom(null, null, null, ...prices),
    }),
  ),
  weighted(
    4,
    fc.record({
      kind: kind("press"),
      buyer,
      course,
      button: fc.constantFrom("pay", "check", "cancel"),
    }),
  ),
  weighted(
    10,
    fc.record({
      kind: kind("pay"),
      session,
      method: fc.constantFrom("card", "card", "card_declined", "bank_debit", "bank_debit"),
    }),
  ),
];

const passingTime = [
  weighted(
    3,
    fc.record({
      kind: kind("settle-debit"),
      session,
      outcome: fc.constantFrom("succeeded", "failed"),
    }),
  ),
  weighted(2, fc.record({ kind: kind("expire-session"), session })),
  weighted(2, fc.record({ kind: kind("wait"), buyer, course, minutes: fc.constantFrom(30, 90) })),
];

const administration = [
  weighted(1, fc.record({ kind: kind("delete-buyer"), buyer, isAnnounced: fc.boolean() })),
  weighted(
    3,
    fc.record({
      kind: kind("ban-buyer"),
      buyer,
      banned: fc.constantFrom(true, true, false),
      isAnnounced: fc.boolean(),
    }),
  ),
  weighted(
    3,
    fc.record({
      kind: kind("change-status"),
      course,
      status: fc.constantFrom("published", "archived", "archived"),
    }),
  ),
  weighted(2, fc.record({ kind: kind("change-price"), course, price: fc.constantFrom(...prices) })),
];

const network = [
  weighted(6, fc.record({ kind: kind("deliver-payment"), session, message, copies: once })),
  weighted(2, fc.record({ kind: kind("deliver-account"), buyer, message, copies: once })),
  weighted(1, fc.record({ kind: kind("cron") })),
  weighted(
    2,
    fc.record({
      kind: kind("stripe-fault"),
      fault: fc.constantFrom("internal_error", "unavailable"),
      acts: fc.boolean(),
    }),
  ),
  weighted(
    3,
    fc.record({
      kind: kind("fault"),
      step: fc.integer({ min: 1, max: 8 }),
      mode: fc.constantFrom(...faultModes),
    }),
  ),
];

const operation: fc.Arbitrary<Operation> = fc.oneof(
  ...buying,
  ...passingTime,
  ...administration,
  ...network,
);

/** Operations with the same key never run in the same round, so that their order is known. */
function exclusionKey(one: Operation): string {
  switch (one.kind) {
    case "delete-buyer":
    case "ban-buyer":
    case "deliver-account":
      return `account ${one.buyer}`;
    case "change-status":
    case "change-price":
      return `course ${one.course}`;
    default:
      return JSON.stringify(one);
  }
}

const round = fc.uniqueArray(operation, { minLength: 1, maxLength: 4, selector: exclusionKey });

/** Starts with an order, because other operations need one. */
export const schedule: fc.Arbitrary<Schedule> = fc
  .array(round, { minLength: 4, maxLength: 9 })
  .map((rounds) => [
    [{ kind: "order", buyer: 0, course: 0, clicks: 1, seenPrice: null }],
    ...rounds,
  ]);
