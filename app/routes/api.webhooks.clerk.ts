import type { ActionFunctionArgs } from "@remix-run/cloudflare";
import { verifyWebhook } from "~/clerk/verify-webhook.server";
import { parseClerkEvent } from "~/clerk/webhook-event.server";
import { syncClerkUserMetadataInBackground } from "~/features/users/metadata-push.server";
import { applyDelivery, recordUnappliedDelivery } from "~/features/users/sync-user.server";

/** Public: the signature authenticates the request. */
export const handle = { access: "public", methods: ["POST"], verifiesSignature: true };

/**
 * Clerk's webhooks, sent by Svix: 200 once stored in D1, 400 for an invalid signature, 408 if
 * incomplete, 413 if too large, 503 if D1 fails (docs/decisions/0005-user-sync.md).
 */
export async function action({ request, context }: ActionFunctionArgs) {
  const startedAt = Date.now();
  const { CLERK_WEBHOOK_SECRET, CLERK_INSTANCE_ID } = context.environment;
  const { svixId, body } = await verifyWebhook(request, CLERK_WEBHOOK_SECRET);
  const { change, ...event } = parseClerkEvent(body, CLERK_INSTANCE_ID);
  const delivery = { svixId, ...event };
  const { outcome, user } =
    change.kind === "ignored" || change.kind === "rejected"
      ? await recordUnappliedDelivery(context, delivery, change.kind, startedAt)
      : await applyDelivery(context, change, startedAt, delivery);
  if (user) syncClerkUserMetadataInBackground(context, user);
  context.log("webhook.handled", {
    svixId,
    type: event.type,
    outcome,
    durationMs: Date.now() - startedAt,
  });
  return Response.json({ outcome });
}
