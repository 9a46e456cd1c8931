import * as z from "zod";
import type { Role } from "~/db/enums";
import { roles } from "~/db/enums";
import { displayName } from "./display-name";

/** These limits keep a page of 500 users within one D1 parameter (2 MB). */
export const clerkIdSchema = z.string().regex(/^[\w-]{1,100}$/);
const emailSchema = z.lazy(() =>
  z
    .string()
    .regex(/^[^\p{Cc}"\\]{1,254}$/u)
    .nullable()
    .catch(null),
);
const imageUrlSchema = z.lazy(() =>
  z
    .string()
    .regex(/^[!#-[\]-~]{1,1500}$/)
    .nullable()
    .catch(null),
);

const metadataSchema = z.lazy(() =>
  z.object({
    dbId: clerkIdSchema.nullable().catch(null),
    role: z.enum(roles).nullable().catch(null),
  }),
);

/** Webhooks and the Backend API send the same shape. */
export const clerkUserSchema = z.lazy(() =>
  z
    .object({
      id: clerkIdSchema,
      first_name: z.string().nullish(),
      last_name: z.string().nullish(),
      username: z.string().nullish(),
      image_url: z.string().nullish(),
      primary_email_address_id: z.string().nullish(),
      email_addresses: z.array(z.object({ id: z.string(), email_address: z.string() })).nullish(),
      public_metadata: z.record(z.string(), z.unknown()).nullish(),
      updated_at: z.int().nonnegative(),
      banned: z.boolean().nullish(),
      locked: z.boolean().nullish(),
    })
    .transform((user): UserState => {
      const primary = user.email_addresses?.find(({ id }) => id === user.primary_email_address_id);
      const email = emailSchema.parse(primary?.email_address ?? null);
      return {
        clerkUserId: user.id,
        email,
        name: displayName({
          firstName: user.first_name ?? null,
          lastName: user.last_name ?? null,
          username: user.username ?? null,
          email,
        }),
        imageUrl: imageUrlSchema.parse(user.image_url ?? null),
        clerkUpdatedAt: user.updated_at,
        banned: user.banned ?? false,
        locked: user.locked ?? false,
        metadata: metadataSchema.parse(user.public_metadata ?? {}),
      };
    }),
);

/** A Clerk user at one revision: the input of every sync. */
export interface UserState {
  clerkUserId: string;
  email: string | null;
  name: string;
  imageUrl: string | null;
  /** The revision, in milliseconds since the epoch. */
  clerkUpdatedAt: number;
  banned: boolean;
  /** After wrong passwords, which a stranger can cause: shown, never enforced. */
  locked: boolean;
  /** From `publicMetadata`; null if missing or invalid. */
  metadata: { dbId: string | null; role: Role | null };
}

export type UserChange =
  | { kind: "state"; state: UserState }
  | { kind: "deletion"; clerkUserId: string }
  | { kind: "ended-session"; clerkUserId: string; sessionId: string };
