import * as z from "zod";
import { roles } from "~/db/enums";
export const roleSchema = z.enum(roles);

/** Times are milliseconds since the epoch. */
export const userSchema = z.object({
  id: z.string(),
  clerkUserId: z.string(),
  email: z.string().nullable(),
  name: z.string(),
  imageUrl: z.string().nullable(),
  role: roleSchema,
  clerkUpdatedAt: z.number(),
  metadataPending: z.boolean(),
  createdAt: z.number(),
  updatedAt: z.number(),
  deletedAt: z.number().nullable(),
  metadataRetryAt: z.number().nullable(),
  refreshPending: z.boolean(),
  bannedAt: z.number().nullable(),
  locked: z.boolean(),
  endedSessions: z.array(z.object({ id: z.string(), until: z.number() })).nullable(),
  cachePending: z.string().nullable(),
});
export type User = z.infer<typeof userSchema>;

/** What users may see of their own record. */
export function publicProfile({ id, name, email, imageUrl, role, createdAt }: User) {
  return { id, name, email, imageUrl, role, createdAt: new Date(createdAt).toISOString() };
}
