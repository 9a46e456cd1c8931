/** The minimum for a webhook receiver with storage: a signature check and one D1 batch. */
import { Webhook } from "svix";

interface UserEvent {
  type: string;
  data: { id: string; first_name: string; updated_at: number };
}

interface Bindings {
  DB: D1Database;
  CLERK_WEBHOOK_SECRET: string;
}

export default {
  async fetch(request: Request, { DB, CLERK_WEBHOOK_SECRET }: Bindings): Promise<Response> {
    const body = await request.text();
    try {
      new Webhook(CLERK_WEBHOOK_SECRET).verify(body, Object.fromEntries(request.headers));
    } catch {
      return new Response(null, { status: 400 });
    }
    const { type, data }: UserEvent = JSON.parse(body);
    const now = Date.now();
    await DB.batch([
      DB.prepare(
        `insert into users (id, clerk_user_id, name, clerk_updated_at, created_at, updated_at) values (?1, ?2, ?3, ?4, ?5, ?5)
         on conflict (clerk_user_id) do update set name = excluded.name, clerk_updated_at = excluded.clerk_updated_at,
           updated_at = excluded.updated_at`,
      ).bind(crypto.randomUUID(), data.id, data.first_name, data.updated_at, now),
      DB.prepare(
        `insert into webhook_deliveries (svix_id, type, clerk_user_id, outcome, first_received_at, last_received_at)
         values (?1, ?2, ?3, 'applied', ?4, ?4)`,
      ).bind(request.headers.get("svix-id"), type, data.id, now),
    ]);
    return Response.json({ outcome: "applied" });
  },
};
