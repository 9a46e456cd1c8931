/** The minimum for a webhook receiver: verifies the signature and parses the JSON. */
import { Webhook } from "svix";

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const body = await request.text();
    try {
      new Webhook(env.CLERK_WEBHOOK_SECRET).verify(body, Object.fromEntries(request.headers));
    } catch {
      return new Response(null, { status: 400 });
    }
    const event: unknown = JSON.parse(body);
    return Response.json({ outcome: event ? "verified" : "empty" });
  },
};
