import fc from "fast-check";
import { type FaultMode, faultModes } from "../faults/plan.ts";

export const price = 2_900;

/** What happens to a paid order. Numbers select an existing item. */
type OrderOperation =
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

/** `payment`: of the order; most have one. */
export type Operation = OrderOperation & { order: number; payment: number };

const methods = ["card", "card_refund_pending", "card_refund_failing"] as const;

/**
 * Besides the price: an amount that an admin accepts or not, a bank debit after money by hand, and
 * a second payment of the same order, after the price or after another amount.
 */
const firstPayments = [
  ...methods,
  ...methods,
  ...(["less", "less-unaccepted", "also-by-hand", "twice", "twice", "less-then-price"] as const),
] as const;

/** Rounds run one after another; the operations of a round run concurrently. */
export interface Schedule {
  /** How each order of the same buyer and course is paid; only the first one was not canceled. */
  methods: (typeof firstPayments)[number][];
  rounds: Operation[][];
}

const kind = <Kind extends OrderOperation["kind"]>(name: Kind) => fc.constant(name);
const weighted = (weight: number, arbitrary: fc.Arbitrary<OrderOperation>) => ({
  weight,
  arbitrary,
});

const orderOperation: fc.Arbitrary<OrderOperation> = fc.oneof(
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

const operation: fc.Arbitrary<Operation> = fc
  .tuple(orderOperation, fc.constantFrom(0, 0, 1), fc.nat(1))
  .map(([one, order, payment]) => ({ ...one, order, payment }));

const rounds = fc.array(fc.array(operation, { minLength: 1, maxLength: 3 }), {
  minLength: 4,
  maxLength: 9,
});

const randomSchedule: fc.Arbitrary<Schedule> = fc.record({
  methods: fc
    .tuple(
      fc.constantFrom(...firstPayments),
      fc.array(fc.constantFrom(...methods), { maxLength: 1 }),
    )
    .map(([first, rest]) => [first, ...rest]),
  rounds,
});

const first = { order: 0, payment: 0 };

/** A decision about a refund that failed, then another refund: chance hardly ever gets there. */
const afterFailedRefund: fc.Arbitrary<Schedule> = fc
  .tuple(fc.constantFrom("reopen", "keep-closed"), rounds)
  .map(([decision, rest]) => ({
    methods: ["card_refund_pending"],
    rounds: [
      [{ kind: "refund", amount: "10", clicks: 1, ...first }],
      [{ kind: "bank-answers", refund: 0, outcome: "failed", ...first }],
      [{ kind: "cron", ...first }],
      [{ kind: "decide", refund: 0, decision, ...first }],
      [{ kind: "refund", amount: "", clicks: 1, ...first }],
      ...rest,
    ],
  }));

export const schedule: fc.Arbitrary<Schedule> = fc.oneof(
  { weight: 5, arbitrary: randomSchedule },
  { weight: 1, arbitrary: afterFailedRefund },
);
