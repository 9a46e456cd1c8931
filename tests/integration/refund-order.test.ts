import fc from "fast-check";
import { expect, test } from "vitest";
import type * as z from "zod";
import { consoleUser } from "../support/admin-console.ts";
import { usePlatform } from "../support/fixtures.ts";
import { moneyOf } from "../support/refunds.ts";
import { paidSession, placeOrder } from "../support/stripe-orders.ts";

const platform = await usePlatform({}, { withStripe: true });
const { stripe } = platform;
const price = 2_900;

/** How a refund or a dispute goes on at Stripe; each step sends an event. */
const refundCourses = [
  ["pending", "succeeded"],
  ["pending", "canceled"],
  ["pending", "failed"],
  ["succeeded"],
  ["succeeded", "failed"],
] as const;
const disputeCourses = [["open"], ["open", "won"], ["open", "lost"]] as const;

const refund = fc.record({
  amount: fc.constantFrom(1_000, 1_450, 1_900, price),
  course: fc.constantFrom(...refundCourses),
});
const dispute = fc.record({ course: fc.constantFrom(...disputeCourses) });
const history = fc.record({
  refunds: fc.array(refund, { maxLength: 3 }),
  disputes: fc.array(dispute, { maxLength: 1 }),
  /** Sorts the events. */
  order: fc.array(fc.nat(1_000), { minLength: 24, maxLength: 24 }),
  /** Which events come twice. */
  repeated: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
});
type History = typeof history extends fc.Arbitrary<infer Value> ? Value : never;

interface Event {
  type: string;
  object: Record<string, z.core.util.JSONType>;
}

/** All events of a history, in any order, some of them twice. */
function eventsOf({ refunds, disputes, order, repeated }: History, payment: Payment): Event[] {
  const money = { payment_intent: payment.intent, currency: "eur", reason: null, metadata: {} };
  const all = [
    { type: "checkout.session.completed", object: payment.session },
    ...refunds.flatMap(({ amount, course }, index) =>
      course.map((status, step) => ({
        type: step === 0 ? "refund.created" : "refund.updated",
        object: { ...money, id: `re_${payment.intent}_${index}`, amount, status },
      })),
    ),
    ...disputes.flatMap(({ course }) =>
      course.map((status, step) => ({
        type: `charge.dispute.${step === 0 ? "created" : "closed"}`,
        object: {
          ...money,
          id: `du_${payment.intent}`,
          amount: price,
          reason: "fraudulent",
          status: status === "open" ? "needs_response" : status,
          evidence_details: { due_by: null },
        },
      })),
    ),
  ];
  return [...all, ...all.filter((_, index) => repeated[index])]
    .map((event, index) => ({ event, rank: order[index] ?? 0 }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ event }) => event);
}

interface Payment {
  intent: string;
  session: Record<string, z.core.util.JSONType>;
}

/** What must be true in the end, whatever the order. It shares no code with the application. */
function expectedOf({ refunds, disputes }: History) {
  const isLost = disputes.some(({ course }) => course.at(-1) === "lost");
  // A failed refund keeps the course closed until an admin decides.
  const total = refunds.reduce((sum, { amount }) => sum + amount, 0);
  const isBack = isLost || total >= price;
  return {
    status: isBack ? "refunded" : "paid",
    canLearn: !isBack,
    refunds: refunds.map(({ amount, course }) => `${amount} ${course.at(-1)}`).sort(),
    disputes: disputes.map(({ course }) => `${course.at(-1)}`),
  };
}

let payments = 0;

test("refunds and disputes end alike, in whatever order their events arrive", async () => {
  const buyer = await consoleUser(platform, "user");
  await fc.assert(
    fc.asyncProperty(history, async (one) => {
      const order = await placeOrder(platform, buyer);
      payments++;
      const intent = `pi_order${payments}`;
      const session = { ...paidSession(order.sessionId, order.id), payment_intent: intent };
      for (const event of eventsOf(one, { intent, session })) await stripe.publishEvent(event);
      await stripe.waitForIdle();
      const money = moneyOf(platform, buyer, order);
      const refunds = await money.refunds();
      expect({
        status: await money.status(),
        canLearn: await money.canLearn(),
        refunds: refunds.map(({ amount_minor, status }) => `${amount_minor} ${status}`).sort(),
        disputes: (await money.disputes()).map(({ status }) => status),
      }).toEqual(expectedOf(one));
    }),
    { numRuns: 20 },
  );
});
