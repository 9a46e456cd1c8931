import { z } from "zod";
import type { Database } from "../../local-service/state/database.ts";
import { documentTable } from "../../local-service/state/documents.ts";

export const sessionStatuses = ["active", "ended", "removed", "revoked", "expired"] as const;

const activitySchema = z.object({
  id: z.string(),
  browserName: z.string().nullable(),
  browserVersion: z.string().nullable(),
  deviceType: z.string().nullable(),
  ipAddress: z.string().nullable(),
  isMobile: z.boolean(),
});
export type Activity = z.infer<typeof activitySchema>;

/** Becomes the claim `act`. */
export const actorSchema = z.looseObject({ sub: z.string().min(1) });
export type Actor = z.infer<typeof actorSchema>;

const sessionSchema = z.object({
  id: z.string(),
  clientId: z.string(),
  userId: z.string(),
  status: z.enum(sessionStatuses),
  activity: activitySchema,
  /** Who is signed in as the user, if it is another person. */
  actor: actorSchema.nullable().default(null),
  expireAt: z.number(),
  abandonAt: z.number(),
  lastActiveAt: z.number(),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type Session = z.infer<typeof sessionSchema>;

export const sessions = documentTable<Session>({
  table: "sessions",
  schema: sessionSchema,
  columns: (session) => ({
    client_id: session.clientId,
    user_id: session.userId,
    created_at: session.createdAt,
  }),
});

/** Oldest first. */
export function activeSessionsOfClient(db: Database, clientId: string, now: number): Session[] {
  return sessions
    .select(db, "WHERE client_id = ? ORDER BY created_at", clientId)
    .filter((session) => isActive(session, now));
}

/** Oldest first. */
export function activeSessionsOfUser(db: Database, userId: string, now: number): Session[] {
  return sessions
    .select(db, "WHERE user_id = ? ORDER BY created_at", userId)
    .filter((session) => isActive(session, now));
}

export function isActive(session: Session, now: number): boolean {
  return statusOf(session, now) === "active";
}

/** Expiry is not stored but derived from the clock. */
export function statusOf(session: Session, now: number): Session["status"] {
  return session.status === "active" && session.expireAt <= now ? "expired" : session.status;
}
