import { z } from "zod";

/** A one-time code sent by email, and its verification status. */
export const challengeSchema = z.object({
  strategy: z.enum(["email_code", "reset_password_email_code"]),
  code: z.string(),
  status: z.enum(["unverified", "verified"]),
  attempts: z.number(),
  expireAt: z.number(),
});

export type Challenge = z.infer<typeof challengeSchema>;
