import { decodeJwt } from "@clerk/backend/jwt";
import * as z from "zod";
import type { Role } from "~/db/enums";
import { roles } from "~/db/enums";
import type { Environment } from "~/env.server";

/**
 * A verified session. Its claims are a projection up to a minute old: good to show or hide a link,
 * never to grant anything.
 */
export interface Session {
  clerkUserId: string;
  sessionId: string;
  /** As it was verified; it never leaves the worker. */
  token: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
  claims: { dbId: string | null; role: Role | null };
}

const claimsSchema = z.object({
  sub: z.string().min(1),
  sid: z.string().min(1),
  /** Seconds since 1970. */
  exp: z.number(),
  /** A pending session still has a task to do, such as a second factor: nobody is signed in. */
  sts: z
    .string()
    .refine((status) => status !== "pending")
    .nullish(),
  /** Clerk takes it from the `Origin` header, which a navigation, and so a handshake, lacks. */
  azp: z.string().optional(),
  dbId: z.uuid().nullable().catch(null),
  role: z.enum(roles).nullable().catch(null),
});

/**
 * Reads the session out of a token that the SDK has verified; null if it is pending or was issued
 * for another site. The SDK is not told our parties: its newer versions reject an absent `azp`.
 */
export function readSession(token: string, environment: Environment): Session | null {
  const { SERVER_URL, CLERK_AUTHORIZED_PARTIES = [] } = environment;
  const result = claimsSchema.safeParse(decodeJwt(token).payload);
  if (!result.success) return null;
  const { sub: clerkUserId, sid: sessionId, exp, azp, dbId, role } = result.data;
  const parties = [SERVER_URL, ...CLERK_AUTHORIZED_PARTIES];
  if (azp !== undefined && !parties.includes(azp)) return null;
  return { clerkUserId, sessionId, token, expiresAt: exp * 1000, claims: { dbId, role } };
}
