import { enqueueMessage } from "../../local-service/webhooks/messages.ts";
import type { Instance } from "../instance.ts";
import { newId } from "../state/identifiers.ts";
import type { Session } from "../state/sessions.ts";
import { type User, users } from "../state/users.ts";
import { sessionJson } from "../wire/session-json.ts";
import { userJson } from "../wire/user-json.ts";

export function publishUser(
  instance: Instance,
  type: "user.created" | "user.updated",
  user: User,
): void {
  publish(instance, type, user.id, userJson(user));
}

/** The payload contains only the id. */
export function publishUserDeleted(instance: Instance, userId: string): void {
  publish(instance, "user.deleted", userId, { id: userId, object: "user", deleted: true });
}

/** Does nothing if session events are disabled in the settings. */
export function publishSession(
  instance: Instance,
  type: "session.ended" | "session.removed" | "session.revoked",
  session: Session,
): void {
  if (!instance.settings().webhooks.sessionEvents) return;
  const user = users.find(instance.db, session.userId);
  const { tasks: _, ...fields } = sessionJson(instance, session);
  publish(instance, type, session.id, { ...fields, user: user ? userJson(user) : null });
}

/** "Send example" of Clerk's dashboard: about a user who does not exist, of no real instance. */
export function publishExample(instance: Instance, type: "user.created" | "user.updated"): void {
  const emailAddress = {
    id: "idn_29w83yL7CwVlJXylYLxcslromF1",
    object: "email_address",
    email_address: "example@example.org",
    verification: { status: "verified", strategy: "ticket" },
    linked_to: [],
  };
  const user = {
    id: "user_29w83sxmDNGwOuEthce5gg56FcC",
    object: "user",
    first_name: "Example",
    last_name: "Example",
    username: null,
    image_url: "https://img.clerk.com/xxxxxx",
    primary_email_address_id: emailAddress.id,
    email_addresses: [emailAddress],
    public_metadata: {},
    private_metadata: {},
    unsafe_metadata: {},
    created_at: 1_654_012_591_514,
    updated_at: 1_654_012_591_835,
  };
  publish({ ...instance, id: "ins_123" }, type, user.id, user);
}

function publish(instance: Instance, type: string, subjectId: string, data: object): void {
  const timestamp = instance.clock.now();
  const payload = JSON.stringify({
    data,
    event_attributes: { http_request: { client_ip: "127.0.0.1", user_agent: "local Clerk" } },
    instance_id: instance.id,
    object: "event",
    timestamp,
    type,
  });
  const id = newId("msg");
  enqueueMessage(instance.db, { id, type, subjectId, payload, createdAt: timestamp });
  instance.dispatcher.wake();
}
