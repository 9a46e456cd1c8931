import { z } from "zod";
import { metadataSchema } from "../state/users.ts";

export const phoneNumberField = z.e164();
const time = z.iso.datetime({ offset: true });

/** What an account can have from the start and be given later. */
const profileFields = {
  first_name: z.string().max(256).nullish(),
  last_name: z.string().max(256).nullish(),
  username: z.string().nullish(),
  external_id: z.string().nullish(),
  locale: z.string().nullish(),
  password: z.string().nullish(),
  skip_password_checks: z.boolean().nullish(),
  skip_legal_checks: z.boolean().nullish(),
  delete_self_enabled: z.boolean().nullish(),
  create_organization_enabled: z.boolean().nullish(),
  create_organizations_limit: z.number().int().min(0).nullish(),
  legal_accepted_at: time.nullish(),
  created_at: time.nullish(),
  bypass_client_trust: z.boolean().nullish(),
};
export type ProfileFields = z.infer<z.ZodObject<typeof profileFields>>;

/** Body of `POST /v1/users`. */
export const createUserBody = z.strictObject({
  ...profileFields,
  email_address: z.array(z.email()).default([]),
  phone_number: z.array(phoneNumberField).default([]),
  skip_password_requirement: z.boolean().nullish(),
  skip_user_requirement: z.boolean().nullish(),
  public_metadata: metadataSchema.nullish(),
  private_metadata: metadataSchema.nullish(),
  unsafe_metadata: metadataSchema.nullish(),
  banned: z.boolean().nullish(),
  locked: z.boolean().nullish(),
});
export type CreateUserBody = z.infer<typeof createUserBody>;

/** Body of `PATCH /v1/users/:id`. Metadata is replaced. */
export const updateUserBody = z.strictObject({
  ...profileFields,
  primary_email_address_id: z.string().nullish(),
  primary_phone_number_id: z.string().nullish(),
  /** Accepted, but sends no email. */
  notify_primary_email_address_changed: z.boolean().nullish(),
  sign_out_of_other_sessions: z.boolean().nullish(),
  public_metadata: metadataSchema.nullish(),
  private_metadata: metadataSchema.nullish(),
  unsafe_metadata: metadataSchema.nullish(),
});
export type UpdateUserBody = z.infer<typeof updateUserBody>;

/** Body of `PATCH` (merges) and `PUT` (replaces) `/v1/users/:id/metadata`. */
export const metadataBody = z.strictObject({
  public_metadata: metadataSchema.optional(),
  private_metadata: metadataSchema.optional(),
  unsafe_metadata: metadataSchema.optional(),
});
export type MetadataBody = z.infer<typeof metadataBody>;

/** Body of `POST /v1/users/ban` and `/unban`. */
export const bulkBanBody = z.strictObject({ user_ids: z.array(z.string()).min(1).max(50) });
export type BulkBanBody = z.infer<typeof bulkBanBody>;

export const passwordBody = z.strictObject({ password: z.string() });
