import type { Instance } from "../instance.ts";
import { clients } from "../state/clients.ts";
import { factorVerificationAge, type Session } from "../state/sessions.ts";
import { type User, users } from "../state/users.ts";
import { templateValues } from "../wire/template-values.ts";
import { renderClaims } from "./claims-template.ts";

/** Same as Clerk's. */
export const tokenLifetimeSeconds = 60;

/** `nbf` is this much earlier than `iat`, to allow for clock skew. */
const notBeforeLeewaySeconds = 10;

/**
 * A session token in version 2 of Clerk's format. Like Clerk, omits `azp` if the request has no
 * `Origin`. `iat` is never before the client's last change, else the SDK would start a handshake.
 */
export function mintSessionToken(
  instance: Instance,
  session: Session,
  authorizedParty?: string,
  lifetimeSeconds = tokenLifetimeSeconds,
): string {
  return instance.signingKey.sign(
    sessionClaims(instance, session, authorizedParty, lifetimeSeconds),
  );
}

export function sessionClaims(
  instance: Instance,
  session: Session,
  authorizedParty?: string,
  lifetimeSeconds = tokenLifetimeSeconds,
): Record<string, unknown> {
  const clientUpdatedAt = clients.find(instance.db, session.clientId)?.updatedAt ?? 0;
  const issuedAtMs = Math.max(instance.clock.now(), clientUpdatedAt);
  const issuedAt = Math.floor(issuedAtMs / 1000);
  const user = users.find(instance.db, session.userId);
  return {
    ...(user === undefined ? {} : customClaims(instance, user)),
    ...(session.actor === null ? {} : { act: session.actor }),
    ...(authorizedParty === undefined ? {} : { azp: authorizedParty }),
    exp: issuedAt + lifetimeSeconds,
    fva: factorVerificationAge(session, issuedAtMs),
    iat: issuedAt,
    iss: `https://${instance.deployment.frontendApiHost}`,
    nbf: issuedAt - notBeforeLeewaySeconds,
    sid: session.id,
    sts: "active",
    sub: session.userId,
    v: 2,
  };
}

function customClaims(instance: Instance, user: User): Record<string, unknown> {
  return renderClaims(instance.settings().sessionToken.claims, { user: templateValues(user) });
}
