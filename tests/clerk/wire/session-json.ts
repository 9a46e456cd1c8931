import type { Instance } from "../instance.ts";
import { factorVerificationAge, isActive, type Session, statusOf } from "../state/sessions.ts";
import { primaryEmail, type User, users } from "../state/users.ts";
import { mintSessionToken } from "../tokens/session-token.ts";
import { frontendUserJson, userJson } from "./user-json.ts";

/** A session in the Backend API's format. */
export function sessionJson(instance: Instance, session: Session) {
  return {
    id: session.id,
    object: "session",
    client_id: session.clientId,
    user_id: session.userId,
    status: statusOf(session, instance.clock.now()),
    last_active_organization_id: null,
    actor: session.actor,
    tasks: null,
    latest_activity: activityJson(session),
    last_active_at: session.lastActiveAt,
    expire_at: session.expireAt,
    abandon_at: session.abandonAt,
    created_at: session.createdAt,
    updated_at: session.updatedAt,
  };
}

/** A session in the Frontend API's format, with the user and a new token. */
export function frontendSessionJson(
  instance: Instance,
  session: Session,
  authorizedParty?: string,
) {
  const user = users.find(instance.db, session.userId);
  return {
    ...sessionJson(instance, session),
    factor_verification_age: factorVerificationAge(session, instance.clock.now()),
    user: user === undefined ? null : frontendUserJson(user),
    public_user_data: user === undefined ? null : publicUserData(user),
    last_active_token: isActive(session, instance.clock.now())
      ? { object: "token", jwt: mintSessionToken(instance, session, authorizedParty) }
      : null,
  };
}

function activityJson(session: Session) {
  const { activity } = session;
  return {
    object: "session_activity",
    id: activity.id,
    is_mobile: activity.isMobile,
    ...known("browser_name", activity.browserName),
    ...known("browser_version", activity.browserVersion),
    ...known("device_type", activity.deviceType),
    ...known("ip_address", activity.ipAddress),
  };
}

/** Clerk leaves out what it does not know about a browser. */
const known = (name: string, value: string | null) => (value === null ? {} : { [name]: value });

function publicUserData(user: User) {
  const { first_name, last_name, image_url, has_image } = userJson(user);
  const identifier = primaryEmail(user)?.emailAddress ?? user.username ?? user.id;
  return { first_name, last_name, image_url, has_image, identifier, user_id: user.id };
}
