import { z } from "zod";
import type { Database } from "../../local-service/state/database.ts";
import { documentTable } from "../../local-service/state/documents.ts";
import { challengeSchema } from "./challenges.ts";

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

/** A user who is signed in proves again who they are. */
const reverificationSchema = z.object({
  level: z.enum(["first_factor", "second_factor", "multi_factor"]),
  status: z.enum(["needs_first_factor", "needs_second_factor", "complete"]),
  /** The code sent for the first factor. */
  challenge: challengeSchema.nullable(),
  firstStrategy: z.enum(["password", "email_code"]).nullable(),
  secondStrategy: z.enum(["totp", "backup_code"]).nullable(),
});
export type Reverification = z.infer<typeof reverificationSchema>;

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
  reverification: reverificationSchema.nullable().default(null),
  /** When the factors were last proven; by default the first one when the session began. */
  firstFactorAt: z.number().nullable().default(null),
  secondFactorAt: z.number().nullable().default(null),
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

/** Minutes since the first and the second factor were proven; -1 for never. */
export function factorVerificationAge(session: Session, now: number): [number, number] {
  const age = (time: number) => Math.max(0, Math.floor((now - time) / 60_000));
  const { firstFactorAt, secondFactorAt, createdAt } = session;
  return [age(firstFactorAt ?? createdAt), secondFactorAt === null ? -1 : age(secondFactorAt)];
}
