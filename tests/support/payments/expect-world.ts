import assert from "node:assert/strict";
import type { Platform } from "../platform.ts";
import type { expectPaymentsConverged } from "./oracle.ts";
import type { Session } from "./read-state.ts";
import { type Buyer, type Course, signIn, type World } from "./world.ts";

type State = Awaited<ReturnType<typeof expectPaymentsConverged>>;

/** What the people of a schedule can do in the end, given what Stripe and Clerk say. */
export async function expectWorld(
  platform: Platform,
  world: World,
  { orders, sessions }: State,
): Promise<void> {
  for (const session of sessions.filter(({ id }) => world.sessions.includes(id)))
    expectPayable(session, orders);
  for (const buyer of world.buyers) {
    const account = await findAccount(platform, buyer);
    const browser = account === null ? buyer : await signIn(platform, buyer.clerkUserId);
    for (const course of world.courses) {
      const own = orders.filter(
        ({ user_id, course_id }) => user_id === buyer.id && course_id === course.id,
      );
      if (own.length === 0) continue;
      const hasPaid = sessions.some(
        ({ client_reference_id, payment_status }) =>
          payment_status === "paid" && own.some(({ id }) => id === client_reference_id),
      );
      const isAllowed = hasPaid && account !== null && !account.banned;
      const text = `${buyer.id} ${isAllowed ? "cannot" : "can"} read ${course.id}`;
      assert.equal(await canRead(browser, course), isAllowed, text);
    }
  }
}

/** A payment page that a buyer knows is closed, or belongs to a pending order. */
function expectPayable(session: Session, orders: State["orders"]): void {
  if (session.status !== "open") return;
  const order = orders.find(({ session_id }) => session_id === session.id);
  assert.equal(
    order?.status,
    "pending",
    `${session.id} can still be paid: ${JSON.stringify(order)}`,
  );
}

/** Null if deleted. */
const findAccount = ({ clerk }: Platform, { clerkUserId }: Buyer) =>
  clerk.getUser(clerkUserId).catch(() => null);

async function canRead(browser: Pick<Buyer, "get">, { path }: Course): Promise<boolean> {
  const page = await browser.get(`${path}/lessons/lesson-1`);
  return (await page.text()).includes("The text of lesson 1");
}
