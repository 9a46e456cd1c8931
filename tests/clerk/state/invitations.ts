import { z } from "zod";
import { documentTable } from "../../local-service/state/documents.ts";
import { metadataSchema } from "./users.ts";

export const invitationStatuses = ["pending", "accepted", "revoked", "expired"] as const;

const invitationSchema = z.object({
  id: z.string(),
  emailAddress: z.string(),
  publicMetadata: metadataSchema,
  /** Signs up (`strategy=ticket`) with the address, which is then verified. */
  token: z.string(),
  /** Where the link in the email leads; by default the app's sign-up page. */
  redirectUrl: z.string().nullable(),
  status: z.enum(["pending", "accepted", "revoked"]),
  expireAt: z.number(),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type Invitation = z.infer<typeof invitationSchema>;

export const invitations = documentTable<Invitation>({
  table: "invitations",
  schema: invitationSchema,
  columns: (invitation) => ({
    email_address: invitation.emailAddress,
    created_at: invitation.createdAt,
  }),
});

/** Expiry is not stored but derived from the clock. */
export function invitationStatus(
  { status, expireAt }: Invitation,
  now: number,
): (typeof invitationStatuses)[number] {
  return status === "pending" && expireAt <= now ? "expired" : status;
}
