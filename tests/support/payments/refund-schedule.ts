import fc from "fast-check";
import { type FaultMode, faultModes } from "../faults/plan.ts";

export const price = 2_900;

/** What happens to one paid order. Numbers select an existing item. */
export type Operation =
  /** In the console; null is all that is left. */
  | { kind: "refund"; amount: string; clicks: number }
  | { kind: "refund-in-dashboard"; amount: number | null }
  | { kind: "bank-answers"; refund: number; outcome: "succeeded" | "failed" | "canceled" }
  | { kind: "decide"; refund: number; decision: "reopen" | "keep-closed" }
  | { kind: "dispute" }
  | { kind: "close-dispute"; outcome: "won" | "lost" }
  /** A webhook, which may have been delivered before. */
  | { kind: "deliver"; subject: number; message: number; copies: number }
  | { kind: "cron" }
  | { kind: "stripe-fault"; fault: "internal_error" | "unavailable"; acts: boolean; next: number }
  | { kind: "fault"; step: number; mode: FaultMode };

export const methods = ["card", "card_refund_pending", "card_refund_failing"] as const;

/** Rounds run one after another; the operations of a round run concurrently. */
export interface Schedule {
  method: (typeof methods)[number];
  rounds: Operation[][];
}

const kind = <Kind extends Operation["kind"]>(name: Kind) => fc.constant(name);
const weighted = (weight: number, arbitrary: fc.Arbitrary<Operation>) => ({ weight, arbitrary });

const operation: fc.Arbitrary<Operation> = fc.oneof(
  weighted(
    6,
    fc.record({
      kind: kind("refund"),
      amount: fc.constantFrom("", "", "10", "14.50", "29"),
      clicks: fc.integer({ min: 1, max: 2 }),
    }),
  ),
  weighted(
    3,
    fc.record({
      kind: kind("refund-in-dashboard"),
      amount: fc.constantFrom(null, 1_000, 1_450, price),
    }),
  ),
  weighted(
    5,
    fc.record({
      kind: kind("bank-answers"),
      refund: fc.nat(3),
      outcome: fc.constantFrom("succeeded", "failed", "failed", "canceled"),
    }),
  ),
  weighted(
    3,
    fc.record({
      kind: kind("decide"),
      refund: fc.nat(3),
      decision: fc.constantFrom("reopen", "keep-closed"),
    }),
  ),
  weighted(1, fc.record({ kind: kind("dispute") })),
  weighted(1, fc.record({ kind: kind("close-dispute"), outcome: fc.constantFrom("won", "lost") })),
  weighted(
    9,
    fc.record({
      kind: kind("deliver"),
      subject: fc.nat(6),
      message: fc.nat(4),
      copies: fc.integer({ min: 1, max: 2 }),
    }),
  ),
  weighted(1, fc.record({ kind: kind("cron") })),
  weighted(
    2,
    fc.record({
      kind: kind("stripe-fault"),
      fault: fc.constantFrom("internal_error", "unavailable"),
      acts: fc.boolean(),
      next: fc.integer({ min: 1, max: 2 }),
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
);

export const schedule: fc.Arbitrary<Schedule> = fc.record({
  method: fc.constantFrom(...methods),
  rounds: fc.array(fc.array(operation, { minLength: 1, maxLength: 3 }), {
    minLength: 4,
    maxLength: 9,
  }),
});
