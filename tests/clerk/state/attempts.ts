import { z } from "zod";
import { documentTable } from "../../local-service/state/documents.ts";
import { challengeSchema } from "./challenges.ts";
import { actorSchema } from "./sessions.ts";
import { metadataSchema } from "./users.ts";

const signUpSchema = z.object({
  id: z.string(),
  emailAddress: z.string().nullable(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  locale: z.string().nullable(),
  passwordHash: z.string().nullable(),
  unsafeMetadata: metadataSchema,
  /** Verifies the address instead of a code. */
  invitationId: z.string().nullable().default(null),
  legalAcceptedAt: z.number().nullable().default(null),
  challenge: challengeSchema.nullable(),
  createdSessionId: z.string().nullable(),
  createdUserId: z.string().nullable(),
  abandonAt: z.number(),
});
export type SignUp = z.infer<typeof signUpSchema>;

const signInSchema = z.object({
  id: z.string(),
  identifier: z.string().nullable(),
  userId: z.string().nullable(),
  status: z.enum([
    "needs_identifier",
    "needs_first_factor",
    "needs_second_factor",
    "needs_client_trust",
    "needs_new_password",
    "complete",
  ]),
  challenge: challengeSchema.nullable(),
  /** Of the second factor that Device Trust asks for. */
  secondChallenge: challengeSchema.nullable().default(null),
  createdSessionId: z.string().nullable(),
  abandonAt: z.number(),
});
export type SignIn = z.infer<typeof signInSchema>;

/** A one-time sign-in or actor token created through the Backend API. */
const ticketSchema = z.object({
  id: z.string(),
  userId: z.string(),
  /** For an actor token; null for a sign-in token. */
  actor: actorSchema.nullable().default(null),
  sessionSeconds: z.number().nullable().default(null),
  token: z.string(),
  status: z.enum(["pending", "accepted", "revoked"]),
  expireAt: z.number(),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type Ticket = z.infer<typeof ticketSchema>;

export const signUps = documentTable<SignUp>({ table: "sign_ups", schema: signUpSchema });
export const signIns = documentTable<SignIn>({ table: "sign_ins", schema: signInSchema });
export const tickets = documentTable<Ticket>({ table: "tickets", schema: ticketSchema });
