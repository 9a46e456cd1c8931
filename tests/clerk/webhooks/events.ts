import { enqueueMessage } from "../../local-service/webhooks/messages.ts";
import { type Instance, instanceId } from "../instance.ts";
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

/** Does nothing unless session events are enabled in the settings. */
export function publishSession(
  instance: Instance,
  type: "session.created" | "session.ended" | "session.removed" | "session.revoked",
  session: Session,
): void {
  if (!instance.settings().webhooks.sessionEvents) return;
  const user = users.find(instance.db, session.userId);
  const data = { ...sessionJson(instance, session), user: user ? userJson(user) : null };
  publish(instance, type, session.id, data);
}

function publish(instance: Instance, type: string, subjectId: string, data: object): void {
  const timestamp = instance.clock.now();
  const payload = JSON.stringify({
    data,
    event_attributes: { http_request: { client_ip: "127.0.0.1", user_agent: "local Clerk" } },
    instance_id: instanceId,
    object: "event",
    timestamp,
    type,
  });
  const id = newId("msg");
  enqueueMessage(instance.db, { id, type, subjectId, payload, createdAt: timestamp });
  instance.dispatcher.wake();
}
