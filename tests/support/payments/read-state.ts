import Stripe from "stripe";
import * as z from "zod";
import { localStripeKeys } from "../../stripe/environment.ts";
import type { Platform } from "../platform.ts";

const orderSchema = z.object({
  id: z.string(),
  user_id: z.string(),
  course_id: z.string(),
  price_minor: z.number(),
  currency: z.string(),
  status: z.string(),
  state: z.string(),
  expires_at: z.number(),
  session_id: z.string().nullable(),
  canceled_by: z.string().nullable(),
  flag: z.string().nullable(),
  method: z.string().nullable(),
  paid_at: z.number().nullable(),
  cancelled_at: z.number().nullable(),
  is_enrolled: z.number(),
});
export type Order = z.infer<typeof orderSchema>;

/** All orders with their payments, oldest first. */
export async function readOrders({ db }: Platform): Promise<Order[]> {
  const { results } = await db
    .prepare(
      `select p.*, state, expires_at, session_id, canceled_by, flag, method,
         exists (select 1 from enrollments e where e.user_id = p.user_id and e.course_id = p.course_id
           and e.revoked_at is null) is_enrolled
       from purchases p join payments on purchase_id = p.id order by p.rowid`,
    )
    .all();
  return z.array(orderSchema).parse(results);
}

const changeSchema = z.object({
  user_id: z.string().nullable(),
  course_id: z.string(),
  action: z.string(),
  detail: z.string(),
  changed_by: z.string().nullable(),
});
export type Change = z.infer<typeof changeSchema>;

/** The audit entries about purchases. */
export async function readChanges({ db }: Platform): Promise<Change[]> {
  const { results } = await db
    .prepare("select * from course_changes where action like 'purchase-%'")
    .all();
  return z.array(changeSchema).parse(results);
}

export type Session = Stripe.Checkout.Session;

/** All sessions that Stripe has, with their payments. */
export async function readSessions({ stripeOrigin }: Platform): Promise<Session[]> {
  const { hostname, port } = new URL(stripeOrigin);
  const stripe = new Stripe(localStripeKeys.secretKey, { host: hostname, port, protocol: "http" });
  const sessions: Session[] = [];
  const list = stripe.checkout.sessions.list({ limit: 100, expand: ["data.payment_intent"] });
  for await (const session of list) sessions.push(session);
  return sessions;
}
