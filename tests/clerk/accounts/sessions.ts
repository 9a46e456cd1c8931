import type { Instance } from "../instance.ts";
import { nextRevision } from "../revision.ts";
import { type Client, clients } from "../state/clients.ts";
import { newId } from "../state/identifiers.ts";
import {
  type Activity,
  type Actor,
  activeSessionsOfClient,
  activeSessionsOfUser,
  type Session,
  sessions,
} from "../state/sessions.ts";
import { publishSession } from "../webhooks/events.ts";
import { sessionExists } from "../wire/errors.ts";

const day = 24 * 60 * 60 * 1000;
const lifetimeMs = 7 * day;
const abandonedAfterMs = 30 * day;

interface SessionOptions {
  /** Signs in somebody else as the user. */
  impersonation?: { actor: Actor; lifetimeMs: number } | null;
  /** When the user has proven a second factor. */
  secondFactorAt?: number | null;
}

/** Of a session that no browser has started. */
export function unknownActivity(): Activity {
  return {
    id: newId("sess_activity"),
    browserName: null,
    browserVersion: null,
    deviceType: null,
    ipAddress: null,
    isMobile: false,
  };
}

/** Single-session mode: throws `session_exists` if this browser has an active session. */
export function assertSignedOut(instance: Instance, client: Client): void {
  const active = activeSessionsOfClient(instance.db, client.id, instance.clock.now());
  if (active.length > 0) throw sessionExists();
}

export function startSession(
  instance: Instance,
  clientId: string,
  userId: string,
  activity: Activity,
  { impersonation = null, secondFactorAt = null }: SessionOptions = {},
): Session {
  const { db, clock } = instance;
  const now = clock.now();
  return db.transaction(() => {
    const session = sessions.save(db, {
      id: newId("sess"),
      clientId,
      userId,
      status: "active",
      activity,
      actor: impersonation?.actor ?? null,
      reverification: null,
      firstFactorAt: null,
      secondFactorAt,
      expireAt: now + (impersonation?.lifetimeMs ?? lifetimeMs),
      abandonAt: now + abandonedAfterMs,
      lastActiveAt: now,
      createdAt: now,
      updatedAt: now,
    });
    changeClient(instance, clientId, { lastActiveSessionId: session.id });
    return session;
  });
}

/** Does nothing if the session has already ended. */
export function endSession(
  instance: Instance,
  session: Session,
  status: "ended" | "removed" | "revoked",
): Session {
  if (session.status !== "active") return session;
  const { db, clock } = instance;
  return db.transaction(() => {
    const updatedAt = nextRevision(clock, session.updatedAt);
    const ended = sessions.save(db, { ...session, status, updatedAt });
    changeClient(instance, session.clientId, {});
    publishSession(instance, `session.${status}`, ended);
    return ended;
  });
}

/** Ends all sessions of a user except `keep`. */
export function endSessionsOfUser(
  instance: Instance,
  userId: string,
  status: "removed" | "revoked",
  keep?: string,
): void {
  for (const session of activeSessionsOfUser(instance.db, userId, instance.clock.now())) {
    if (session.id !== keep) endSession(instance, session, status);
  }
}

export function touchSession(instance: Instance, session: Session): Session {
  const updatedAt = nextRevision(instance.clock, session.updatedAt);
  const lastActiveAt = instance.clock.now();
  return sessions.save(instance.db, { ...session, lastActiveAt, updatedAt });
}

/** Updates the client's revision and thereby `__client_uat`: call only on sign-in and sign-out. */
function changeClient(instance: Instance, clientId: string, change: Partial<Client>): void {
  const client = clients.find(instance.db, clientId);
  if (client === undefined) return;
  const updatedAt = nextRevision(instance.clock, client.updatedAt);
  clients.save(instance.db, { ...client, ...change, updatedAt });
}
