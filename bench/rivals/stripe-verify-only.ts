/** The minimum for a receiver of Stripe's webhooks: verifies the signature and parses the JSON. */
import Stripe from "stripe";

const cryptoProvider = Stripe.createSubtleCryptoProvider();

export default {
  async fetch(request: Request, env: { STRIPE_WEBHOOK_SECRET: string }): Promise<Response> {
    const body = await request.text();
    const header = request.headers.get("stripe-signature") ?? "";
    const { STRIPE_WEBHOOK_SECRET: secret } = env;
    try {
      await Stripe.webhooks.constructEventAsync(body, header, secret, undefined, cryptoProvider);
      return Response.json({ outcome: "verified" });
    } catch {
      return new Response(null, { status: 400 });
    }
  },
};
