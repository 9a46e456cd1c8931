import { expect, test } from "vitest";
import { consoleUser } from "../support/admin-console.ts";
import { changesOf } from "../support/course-console.ts";
import { usePlatform } from "../support/fixtures.ts";
import { expectPaymentsConverged } from "../support/payments/oracle.ts";
import { deletePayments, reconcileAll } from "../support/payments/reconcile-all.ts";
import { orderCourse, ordersOf, pricedCourse, sessionIdOf } from "../support/stripe-orders.ts";

const platform = await usePlatform({}, { withStripe: true, withFaults: true });
const { stripe } = platform;
const ada = await consoleUser(platform, "admin");
const grace = await consoleUser(platform, "user");

interface Race {
  course: Awaited<ReturnType<typeof pricedCourse>>;
  orderId: string;
}
type Act = (race: Race) => Promise<Response>;

const payNow: Act = ({ orderId }) => grace.post(`/purchases/${orderId}`, { intent: "pay" });
const buyAgain: Act = ({ course }) =>
  grace.post(course.path, { intent: "order", priceMinor: "2900", currency: "EUR", consent: "on" });
const cancelAsBuyer: Act = ({ orderId }) =>
  grace.post(`/purchases/${orderId}`, { intent: "cancel" });
const cancelAsAdmin: Act = ({ orderId }) =>
  ada.post("/admin/purchases", { purchaseId: orderId, settlement: "cancelled" });

const failCreation = (acts: boolean) => () =>
  stripe.failApi({ route: "checkout_sessions.create", kind: "internal_error", acts });

/** What Stripe has when the race begins. */
const withoutPage = failCreation(false);
const withLostPage = failCreation(true);
const withOpenPage = async () => {};

async function startRace(beforeOrder: () => Promise<unknown>): Promise<Race> {
  await platform.armFault(null);
  await platform.waitForStripe();
  await stripe.reset();
  await stripe.hold();
  await deletePayments(platform);
  const course = await pricedCourse(platform);
  await beforeOrder();
  await orderCourse(grace, course);
  await stripe.stopChaos();
  await platform.waitForStripe();
  const [order] = await ordersOf(platform, grace, course);
  return { course, orderId: order?.id ?? "" };
}

/** Runs `first` up to a step, then `second` to its end, then the rest of `first`. */
async function interleave(step: number, race: Race, first: Act, second: Act) {
  await platform.armFault({ step, mode: "pauses" });
  let hasEnded = false;
  const interrupted = first(race).finally(() => {
    hasEnded = true;
  });
  while (!hasEnded && (await platform.readFaultReport()).injected === 0);
  if ((await platform.readFaultReport()).injected === 0) {
    await interrupted;
    return null;
  }
  const other = await second(race);
  await platform.armFault(null);
  return [await interrupted, other];
}

interface Ended extends Race {
  responses: readonly Response[];
  canceledBy: string;
}

async function expectCanceled(ended: Ended, context: string): Promise<void> {
  const { course, orderId, responses, canceledBy } = ended;
  for (const { status } of responses) expect(status, context).toBeLessThan(500);
  const orders = await ordersOf(platform, grace, course);
  expect(orders.find(({ id }) => id === orderId)?.status, context).toBe("cancelled");
  const changes = await changesOf(platform, course.id);
  const cancelers = changes
    .filter(({ action }) => action === "purchase-cancelled")
    .map(({ changed_by }) => changed_by);
  expect(cancelers, context).toEqual([canceledBy]);
  const pages = responses.map(({ headers }) => sessionIdOf(headers.get("location") ?? ""));
  for (const page of pages.filter((id) => id !== "")) {
    const order = orders.find(({ session_id }) => session_id === page);
    if (order?.status === "pending") continue;
    expect((await stripe.pay(page)).outcome, `${context}: a canceled order's page`).toBe("closed");
  }
}

test.each([
  ["a first page opens, the buyer cancels", withoutPage, payNow, cancelAsBuyer, grace],
  ["a lost page opens again, an admin cancels", withLostPage, buyAgain, cancelAsAdmin, ada],
  ["an admin cancels, a first page opens", withoutPage, cancelAsAdmin, payNow, ada],
  ["the buyer cancels, the page opens again", withOpenPage, cancelAsBuyer, buyAgain, grace],
] as const)("while %s: at any step, nobody can pay the canceled order", async (...race) => {
  const [name, beforeOrder, first, second, { id: canceledBy }] = race;
  for (let step = 1; ; step++) {
    const order = await startRace(beforeOrder);
    const responses = await interleave(step, order, first, second);
    if (responses === null) {
      expect(step, name).toBeGreaterThan(2);
      break;
    }
    const context = `${name}, step ${step}`;
    await platform.waitForStripe();
    await expectCanceled({ ...order, responses, canceledBy }, context);
    await reconcileAll(platform);
    await expectPaymentsConverged(platform, context);
  }
});
