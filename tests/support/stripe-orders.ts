import type { ConsoleUser } from "./admin-console.ts";
import { insertCourse } from "./courses.ts";
import type { Platform } from "./platform.ts";

/** A published course at 29.00 EUR. */
export const pricedCourse = (platform: Platform) => insertCourse(platform, { priceMinor: 2_900 });

type Course = Awaited<ReturnType<typeof pricedCourse>>;

/** Orders a course like the form on its page. */
export async function orderCourse(buyer: ConsoleUser, course: Course, priceMinor = 2_900) {
  const fields = { intent: "order", priceMinor: `${priceMinor}`, currency: "EUR", consent: "on" };
  const response = await buyer.post(course.path, fields);
  const location = response.headers.get("location") ?? "";
  return { status: response.status, location, sessionId: sessionIdOf(location) };
}

/** The Checkout Session of a payment page's URL, or an empty string. */
export const sessionIdOf = (url: string) => /\/pay\/(cs_\w+)/.exec(url)?.[1] ?? "";

interface OrderRow {
  id: string;
  status: string;
  state: string;
  flag: string | null;
  attempt: number;
  session_id: string | null;
  method: string | null;
  tax_minor: number | null;
}

/** The orders of a buyer for a course with their payments, oldest first. */
export async function ordersOf({ db }: Platform, buyer: ConsoleUser, course: Course) {
  const { results } = await db
    .prepare(
      `select purchases.id, status, state, flag, attempt, session_id, method, tax_minor
       from purchases left join payments on purchase_id = purchases.id
       where user_id = ? and course_id = ? order by purchases.rowid`,
    )
    .bind(buyer.id, course.id)
    .all<OrderRow>();
  return results;
}

/** True if the buyer can read a lesson that only learners can. */
export async function canLearn(buyer: ConsoleUser, course: Course): Promise<boolean> {
  const page = await buyer.visit(`${course.path}/lessons/lesson-2`);
  return (await page.text()).includes("The text of lesson 2");
}

/** The ledger of Stripe's events, by outcome. */
export async function stripeOutcomes({ db }: Platform, sessionId: string) {
  const { results } = await db
    .prepare("select type, outcome from stripe_events where session_id = ? order by rowid")
    .bind(sessionId)
    .all<{ type: string; outcome: string }>();
  return results.map(({ type, outcome }) => `${type} ${outcome}`);
}

/** Makes payments look as if Stripe was last asked long ago. */
export async function forgetChecks(platform: Platform): Promise<void> {
  await platform.db.batch(forgetChecksStatements(platform));
}

export const forgetChecksStatements = ({ db }: Platform) => [
  db.prepare("update payments set checked_at = 0"),
  db.prepare("update refunds set checked_at = 0"),
  db.prepare("update stripe_events set last_received_at = last_received_at - 100000"),
];

/** A new order of a new course, with what its buyer can do. */
export async function placeOrder(platform: Platform, buyer: ConsoleUser) {
  const course = await pricedCourse(platform);
  const { location, sessionId, status } = await orderCourse(buyer, course);
  const [row] = await ordersOf(platform, buyer, course);
  if (row === undefined) throw new Error("There is no order");
  const orderPath = `/purchases/${row.id}`;
  return {
    course,
    location,
    sessionId,
    status,
    orderPath,
    id: row.id,
    orders: () => ordersOf(platform, buyer, course),
    press: (intent: string) => buyer.post(orderPath, { intent }),
    page: async (search = "") =>
      (await (await buyer.visit(orderPath + search)).text()).replaceAll("<!-- -->", ""),
  };
}

/** A session that Stripe reports as paid. */
export function paidSession(id: string, orderId: string) {
  return {
    id,
    metadata: { order: orderId },
    livemode: false,
    status: "complete",
    payment_status: "paid",
    amount_subtotal: 2900,
    amount_total: 2900,
    currency: "eur",
    total_details: { amount_discount: 0, amount_tax: 0 },
    payment_intent: `pi_of_${id}`,
    url: null,
  };
}
