import type { Instance } from "../instance.ts";
import { type Invitation, invitationStatus } from "../state/invitations.ts";

export function invitationJson(instance: Instance, invitation: Invitation) {
  return {
    object: "invitation",
    id: invitation.id,
    email_address: invitation.emailAddress,
    public_metadata: invitation.publicMetadata,
    status: invitationStatus(invitation, instance.clock.now()),
    url: invitationUrl(instance, invitation),
    expires_at: invitation.expireAt,
    created_at: invitation.createdAt,
    updated_at: invitation.updatedAt,
  };
}

/** Clerk's link leads through the Frontend API to the same place. */
function invitationUrl(instance: Instance, { redirectUrl, token }: Invitation): string {
  const appOrigin = new URL(instance.settings().webhooks.url).origin;
  const url = new URL(redirectUrl ?? `${appOrigin}/sign-up`);
  url.searchParams.set("__clerk_status", "sign_up");
  url.searchParams.set("__clerk_ticket", token);
  return url.href;
}
