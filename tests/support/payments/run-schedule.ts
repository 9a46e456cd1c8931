import { crons } from "../crons.ts";
import type { Platform } from "../platform.ts";
import { forgetChecks, sessionIdOf } from "../stripe-orders.ts";
import { deliverAccountEvent, deliverPaymentEvent, paymentIntentOf } from "./deliveries.ts";
import type { Operation, Schedule } from "./schedule.ts";
import { type Watch, watchOrders } from "./watch-orders.ts";
import type { Buyer, Course, World } from "./world.ts";

/** Runs one schedule. Webhooks are held, so only the schedule delivers them. */
export async function runSchedule(
  platform: Platform,
  world: World,
  schedule: Schedule,
): Promise<Watch> {
  const watch = watchOrders(platform, world);
  await watch();
  for (const round of schedule) {
    await Promise.all(round.map((operation) => perform(platform, world, operation)));
    await watch();
  }
  return watch;
}

async function perform(platform: Platform, world: World, operation: Operation): Promise<unknown> {
  const { stripe } = platform;
  switch (operation.kind) {
    case "order":
    case "press":
    case "wait":
      return performOnOrder(platform, world, operation);
    case "pay":
    case "settle-debit":
    case "expire-session":
    case "deliver-payment":
      return performOnSession(platform, world, operation);
    case "delete-buyer":
    case "ban-buyer":
    case "deliver-account":
      return performOnAccount(platform, pick(world.buyers, operation.buyer), operation);
    case "change-status":
    case "change-price":
      return changeCourse(platform, pick(world.courses, operation.course), operation);
    case "cron":
      await forgetChecks(platform);
      return platform.scheduled(crons.frequent);
    case "stripe-fault":
      return stripe.failApi({ kind: operation.fault, acts: operation.acts });
    case "fault":
      return platform.armFault(operation);
  }
}

function pick<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined) throw new Error("There is nothing to select");
  return item;
}

type AccountOperation = Extract<
  Operation,
  { kind: "delete-buyer" | "ban-buyer" | "deliver-account" }
>;

async function performOnAccount(
  platform: Platform,
  buyer: Buyer,
  operation: AccountOperation,
): Promise<void> {
  const { clerk } = platform;
  if (operation.kind === "deliver-account") return deliverAccountEvent(platform, buyer, operation);
  const isDeletion = operation.kind === "delete-buyer";
  const change = isDeletion
    ? clerk.deleteUser(buyer.clerkUserId)
    : clerk.updateUser(buyer.clerkUserId, { banned: operation.banned });
  // Fails if the user is already deleted.
  await change.catch(() => null);
  if (operation.isAnnounced) await deliverAccountEvent(platform, buyer, { message: 0, copies: 1 });
}

type OrderOperation = Extract<Operation, { kind: "order" | "press" | "wait" }>;

async function performOnOrder(
  platform: Platform,
  world: World,
  operation: OrderOperation,
): Promise<unknown> {
  const buyer = pick(world.buyers, operation.buyer);
  const course = pick(world.courses, operation.course);
  if (operation.kind === "order") {
    const priceMinor = `${operation.seenPrice ?? course.price}`;
    const fields = { intent: "order", priceMinor, currency: "EUR", consent: "on" };
    const click = async () => followToStripe(world, await buyer.post(course.path, fields));
    return Promise.all(Array.from({ length: operation.clicks }, click));
  }
  const orderId = await latestOrder(platform, buyer, course);
  if (orderId === null) return;
  if (operation.kind === "wait") return passTime(platform, orderId, operation.minutes);
  if (operation.button === "check") {
    const sql = "update payments set checked_at = 0 where purchase_id = ?";
    await platform.db.prepare(sql).bind(orderId).run();
  }
  const response = await buyer.post(`/purchases/${orderId}`, { intent: operation.button });
  return followToStripe(world, response);
}

/** Remembers the payment page that a buyer is sent to. */
function followToStripe({ sessions }: World, response: Response): void {
  const sessionId = sessionIdOf(response.headers.get("location") ?? "");
  if (sessionId !== "" && !sessions.includes(sessionId)) sessions.push(sessionId);
}

const latestOrder = ({ db }: Platform, buyer: Buyer, course: Course) =>
  db
    .prepare(
      "select id from purchases where user_id = ? and course_id = ? order by rowid desc limit 1",
    )
    .bind(buyer.id, course.id)
    .first<string>("id");

const passTime = ({ db }: Platform, orderId: string, minutes: number) =>
  db
    .prepare(
      "update payments set expires_at = expires_at - ? where purchase_id = ? and session_id is null",
    )
    .bind(minutes * 60_000, orderId)
    .run();

type SessionOperation = Extract<Operation, { session: number }>;

async function performOnSession(
  platform: Platform,
  { sessions }: World,
  operation: SessionOperation,
): Promise<unknown> {
  if (sessions.length === 0) return;
  const { stripe } = platform;
  const sessionId = pick(sessions, operation.session);
  switch (operation.kind) {
    case "pay":
      return stripe.pay(sessionId, { method: operation.method });
    case "expire-session":
      return stripe.expire(sessionId);
    case "deliver-payment":
      return deliverPaymentEvent(platform, sessionId, operation);
    case "settle-debit": {
      const payment = await paymentIntentOf(platform, sessionId);
      return payment && stripe.settle(payment, operation.outcome);
    }
  }
}

type CourseOperation = Extract<Operation, { kind: "change-status" | "change-price" }>;

async function changeCourse(
  { db }: Platform,
  course: Course,
  operation: CourseOperation,
): Promise<void> {
  const isPrice = operation.kind === "change-price";
  if (isPrice) course.price = operation.price;
  const column = isPrice ? "price_minor" : "status";
  await db
    .prepare(`update courses set ${column} = ? where id = ?`)
    .bind(isPrice ? operation.price : operation.status, course.id)
    .run();
}
