import type { ActionFunctionArgs } from "@remix-run/cloudflare";
import { verifyWebhook } from "~/clerk/verify-webhook.server";
import { readEvent } from "~/clerk/webhook-event.server";
import { syncClerkUserMetadataLater } from "~/features/users/metadata-push.server";
import { applyChange, noteDelivery } from "~/features/users/sync-user.server";

/** Open to all: the signature is the key, whatever site it comes from. */
export const handle = { access: "public", methods: ["POST"], provesItsSender: true };

/**
 * Clerk's webhooks, sent by Svix. 200 once D1 has it durably; 400 unsigned, 408 incomplete, 413 too large, 503 when D1 fails and
 * Svix shall try again (docs/decisions/0005-user-sync.md).
 */
export async function action({ request, context }: ActionFunctionArgs) {
  const startedAt = Date.now();
  const { CLERK_WEBHOOK_SECRET, CLERK_INSTANCE_ID } = context.environment;
  const { svixId, body } = await verifyWebhook(request, CLERK_WEBHOOK_SECRET);
  const { meaning, ...event } = readEvent(body, CLERK_INSTANCE_ID);
  const delivery = { svixId, ...event };
  const { outcome, user } =
    meaning.kind === "ignored" || meaning.kind === "rejected"
      ? await noteDelivery(context, delivery, meaning.kind, startedAt)
      : await applyChange(context, meaning, startedAt, delivery);
  if (user) syncClerkUserMetadataLater(context, user);
  context.log("webhook.handled", {
    svixId,
    type: event.type,
    outcome,
    durationMs: Date.now() - startedAt,
  });
  return Response.json({ outcome });
}
