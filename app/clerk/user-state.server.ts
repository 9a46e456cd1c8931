import * as z from "zod";
import { displayName, roleSchema, type UserState } from "../features/users/user";

const maxUrlLength = 2048;

const metadataSchema = z.object({
  dbId: z.string().nullable().catch(null),
  role: roleSchema.nullable().catch(null),
});

/** The part of Clerk's user JSON that we read; webhooks and the Backend API send the same shape. */
export const clerkUserSchema = z
  .object({
    id: z.string().min(1),
    first_name: z.string().nullish(),
    last_name: z.string().nullish(),
    username: z.string().nullish(),
    image_url: z.string().nullish(),
    primary_email_address_id: z.string().nullish(),
    email_addresses: z.array(z.object({ id: z.string(), email_address: z.string() })).nullish(),
    public_metadata: z.record(z.string(), z.unknown()).nullish(),
    updated_at: z.int().nonnegative(),
  })
  .transform((user): UserState => {
    const primary = user.email_addresses?.find(({ id }) => id === user.primary_email_address_id);
    const email = primary?.email_address ?? null;
    return {
      clerkUserId: user.id,
      email,
      name: displayName({
        firstName: user.first_name ?? null,
        lastName: user.last_name ?? null,
        username: user.username ?? null,
        email,
      }),
      imageUrl: user.image_url && user.image_url.length <= maxUrlLength ? user.image_url : null,
      clerkUpdatedAt: user.updated_at,
      metadata: metadataSchema.parse(user.public_metadata ?? {}),
    };
  });
