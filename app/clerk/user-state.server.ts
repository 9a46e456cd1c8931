import * as z from "zod";
import type { Role } from "~/db/enums";
import { roles } from "~/db/enums";
import { displayName } from "./display-name";

/**
 * Bounds that keep a page of 500 people within one parameter of D1 (2 MB), whatever is in them. Clerk's own ids, addresses and
 * URLs are far within them; what is not is as good as absent, but for an id.
 */
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

/** The part of Clerk's user JSON that we read; webhooks and the Backend API send the same shape. */
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
        metadata: metadataSchema.parse(user.public_metadata ?? {}),
      };
    }),
);

/** A person as Clerk states it at one revision: the input of every sync. */
export interface UserState {
  clerkUserId: string;
  email: string | null;
  name: string;
  imageUrl: string | null;
  /** Clerk's revision, milliseconds since the epoch. */
  clerkUpdatedAt: number;
  /** What Clerk's `publicMetadata` holds for us; null where it holds nothing valid. */
  metadata: { dbId: string | null; role: Role | null };
}

/** What Clerk says has become of a person. */
export type UserChange =
  | { kind: "state"; state: UserState }
  | { kind: "deletion"; clerkUserId: string };
