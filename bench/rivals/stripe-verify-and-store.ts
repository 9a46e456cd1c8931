/** The minimum for a receiver of payments with storage: a signature check and one D1 batch. */
import Stripe from "stripe";

interface Bindings {
  DB: D1Database;
  STRIPE_WEBHOOK_SECRET: string;
}

const cryptoProvider = Stripe.createSubtleCryptoProvider();

export default {
  async fetch(request: Request, { DB, STRIPE_WEBHOOK_SECRET }: Bindings): Promise<Response> {
    const body = await request.text();
    const header = request.headers.get("stripe-signature") ?? "";
    const event = await Stripe.webhooks
      .constructEventAsync(body, header, STRIPE_WEBHOOK_SECRET, undefined, cryptoProvider)
      .catch(() => null);
    if (event?.type !== "checkout.session.completed") return new Response(null, { status: 400 });
    const { id, client_reference_id: order } = event.data.object;
    const now = Date.now();
    await DB.batch([
      DB.prepare(
        `insert into stripe_events (id, type, session_id, outcome, first_received_at, last_received_at)
         values (?1, ?2, ?3, 'applied', ?4, ?4)`,
      ).bind(event.id, event.type, id, now),
      DB.prepare("update purchases set status = 'paid', paid_at = ?2 where id = ?1").bind(
        order,
        now,
      ),
      DB.prepare(
        `insert into enrollments (user_id, course_id, source, enrolled_at)
         select user_id, course_id, 'purchase', ?2 from purchases where id = ?1
         on conflict do nothing`,
      ).bind(order, now),
    ]);
    return Response.json({ outcome: "applied" });
  },
};
