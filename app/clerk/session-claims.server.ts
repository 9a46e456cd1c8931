import { decodeJwt } from "@clerk/backend/jwt";
import * as z from "zod";
import { type Role, roles } from "~/db/enums";
import type { Environment } from "~/env.server";

/** Claims can be a minute old: fine for showing a link, never for granting access. */
export interface Session {
  clerkUserId: string;
  sessionId: string;
  /** Never leaves the worker. */
  token: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  claims: { dbId: string | null; role: Role | null };
  /** The Clerk id of the person who is signed in as this user; null if it is the user. */
  actorId: string | null;
}

const claimsSchema = z.object({
  sub: z.string().min(1),
  sid: z.string().min(1),
  /** Seconds since the epoch. */
  exp: z.number(),
  /** A pending session is not signed in: a task such as a second factor remains. */
  sts: z
    .string()
    .refine((status) => status !== "pending")
    .nullish(),
  /** Absent in tokens from a handshake, since navigations send no `Origin`. */
  azp: z.string().optional(),
  /** Set by Clerk's "Sign in as user". Anything but null counts. */
  act: z
    .object({ sub: z.string().regex(/^[\w-]{1,100}$/) })
    .nullish()
    .catch({ sub: "unknown" }),
  dbId: z.uuid().nullable().catch(null),
  role: z.enum(roles).nullable().catch(null),
});

/** Null if pending or for another site. The SDK's own check would reject tokens without `azp`. */
export function readSession(token: string, environment: Environment): Session | null {
  const { SERVER_URL, CLERK_AUTHORIZED_PARTIES = [] } = environment;
  const result = claimsSchema.safeParse(decodeJwt(token).payload);
  if (!result.success) return null;
  const { sub: clerkUserId, sid: sessionId, exp, azp, act, dbId, role } = result.data;
  const parties = [SERVER_URL, ...CLERK_AUTHORIZED_PARTIES];
  if (azp !== undefined && !parties.includes(azp)) return null;
  const claims = { dbId, role };
  const actorId = act?.sub ?? null;
  return { clerkUserId, sessionId, token, expiresAt: exp * 1000, claims, actorId };
}
