import type { ActionFunctionArgs } from "@remix-run/cloudflare";
import { refreshRecentCourses } from "~/features/learning/recent-courses.server";
import { handleStripeWebhook } from "~/features/purchases/receive-stripe-event.server";
import { parseStripeEvent } from "~/stripe/stripe-event.server";
import { verifyStripeWebhook } from "~/stripe/verify-stripe-webhook.server";

/** Public: the signature authenticates the request. */
export const handle = { access: "public", methods: ["POST"], verifiesSignature: true };

/**
 * Stripe's webhooks: 200 once stored in D1, 400 for an invalid signature, 404 without keys, 408 if
 * incomplete, 413 if too large, 503 if D1 fails (docs/decisions/0026-payments.md).
 */
export async function action({ request, context }: ActionFunctionArgs) {
  const startedAt = Date.now();
  const { environment, stripe } = context;
  const secrets = environment.STRIPE_WEBHOOK_SECRET;
  if (stripe === null || secrets === undefined) throw new Response(null, { status: 404 });
  const event = parseStripeEvent(await verifyStripeWebhook(request, secrets), stripe.livemode);
  if (event === null) return Response.json({ outcome: "rejected" });
  const { outcome, userId } = await handleStripeWebhook(context, event, startedAt);
  if (userId !== null) await refreshRecentCourses(context, userId);
  context.log("stripe.event_handled", {
    eventId: event.id,
    type: event.type,
    outcome,
    durationMs: Date.now() - startedAt,
  });
  return Response.json({ outcome });
}
