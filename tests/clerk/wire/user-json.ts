import { createHash } from "node:crypto";
import { z } from "zod";
import { type EmailAddress, type Metadata, metadataSchema, type User } from "../state/users.ts";

export const emailAddressJsonSchema = z.object({
  id: z.string(),
  object: z.literal("email_address"),
  email_address: z.string(),
  reserved: z.boolean(),
  verification: z
    .object({
      status: z.enum(["verified", "unverified", "expired"]),
      strategy: z.string(),
      attempts: z.number().nullable(),
      expire_at: z.number().nullable(),
    })
    .nullable(),
  linked_to: z.array(z.object({ id: z.string(), type: z.string() })),
  matches_sso_connection: z.boolean(),
  created_at: z.number(),
  updated_at: z.number(),
});

/** A user in the format of the Backend API and webhooks. Times are in milliseconds. */
export const userJsonSchema = z.object({
  id: z.string(),
  object: z.literal("user"),
  external_id: z.string().nullable(),
  username: z.string().nullable(),
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  locale: z.string().nullable(),
  image_url: z.string(),
  has_image: z.boolean(),
  primary_email_address_id: z.string().nullable(),
  primary_phone_number_id: z.null(),
  primary_web3_wallet_id: z.null(),
  email_addresses: z.array(emailAddressJsonSchema),
  phone_numbers: z.array(z.never()),
  web3_wallets: z.array(z.never()),
  passkeys: z.array(z.never()),
  external_accounts: z.array(z.never()),
  saml_accounts: z.array(z.never()),
  enterprise_accounts: z.array(z.never()),
  organization_memberships: z.array(z.never()),
  password_enabled: z.boolean(),
  password_last_updated_at: z.number().nullable(),
  two_factor_enabled: z.boolean(),
  totp_enabled: z.boolean(),
  backup_code_enabled: z.boolean(),
  mfa_enabled_at: z.null(),
  mfa_disabled_at: z.null(),
  public_metadata: metadataSchema,
  private_metadata: metadataSchema,
  unsafe_metadata: metadataSchema,
  banned: z.boolean(),
  locked: z.boolean(),
  lockout_expires_in_seconds: z.null(),
  verification_attempts_remaining: z.number().nullable(),
  delete_self_enabled: z.boolean(),
  create_organization_enabled: z.boolean(),
  create_organizations_limit: z.null(),
  legal_accepted_at: z.null(),
  last_sign_in_at: z.number().nullable(),
  last_active_at: z.number().nullable(),
  created_at: z.number(),
  updated_at: z.number(),
});
export type UserJson = z.infer<typeof userJsonSchema>;

export function userJson(user: User): UserJson {
  return {
    id: user.id,
    object: "user",
    external_id: user.externalId,
    username: user.username,
    first_name: user.firstName,
    last_name: user.lastName,
    locale: user.locale,
    image_url: imageUrl(user),
    primary_email_address_id: user.primaryEmailAddressId,
    email_addresses: user.emailAddresses.map((email) => emailAddressJson(user, email)),
    password_enabled: user.passwordHash !== null,
    password_last_updated_at: user.passwordUpdatedAt,
    public_metadata: user.publicMetadata,
    private_metadata: user.privateMetadata,
    unsafe_metadata: user.unsafeMetadata,
    banned: user.banned,
    locked: user.locked,
    delete_self_enabled: user.deleteSelfEnabled,
    last_sign_in_at: user.lastSignInAt,
    last_active_at: user.lastActiveAt,
    created_at: user.createdAt,
    updated_at: user.updatedAt,
    ...unsupportedFeatures,
  };
}

/** A user in the Frontend API's format: without private metadata. */
export function frontendUserJson(user: User): Omit<UserJson, "private_metadata"> {
  const { private_metadata: _, ...visible } = userJson(user);
  return visible;
}

export function emailAddressJson(
  user: User,
  email: EmailAddress,
): z.infer<typeof emailAddressJsonSchema> {
  const hasVerification = email.verified || email.challenge !== null;
  return {
    id: email.id,
    object: "email_address",
    email_address: email.emailAddress,
    reserved: false,
    verification: hasVerification
      ? {
          status: email.verified ? "verified" : "unverified",
          strategy: email.strategy,
          attempts: email.challenge?.attempts ?? null,
          expire_at: email.challenge?.expireAt ?? null,
        }
      : null,
    linked_to: [],
    matches_sso_connection: false,
    created_at: email.createdAt,
    updated_at: user.updatedAt,
  };
}

/** The values that a claims template can access after `user.`. */
export function templateValues(user: User): Metadata {
  const primary = user.emailAddresses.find((email) => email.id === user.primaryEmailAddressId);
  return {
    id: user.id,
    external_id: user.externalId,
    username: user.username,
    first_name: user.firstName,
    last_name: user.lastName,
    full_name: [user.firstName, user.lastName].filter(Boolean).join(" ") || null,
    image_url: imageUrl(user),
    has_image: false,
    primary_email_address: primary?.emailAddress ?? null,
    email_verified: primary?.verified ?? false,
    public_metadata: user.publicMetadata,
    unsafe_metadata: user.unsafeMetadata,
    two_factor_enabled: false,
    created_at: user.createdAt,
    updated_at: user.updatedAt,
    last_sign_in_at: user.lastSignInAt,
  };
}

/**
 * A square in a color derived from the id, as a `data:` URL: works offline and with a content
 * security policy of `img-src 'self' data:`.
 */
function imageUrl(user: User): string {
  const hue = createHash("sha256").update(user.id).digest().readUInt16BE(0) % 360;
  const svg = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'><rect width='1' height='1' fill='hsl(${hue} 60% 45%)'/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** Fields of features that the local Clerk does not support. */
const unsupportedFeatures = {
  has_image: false,
  primary_phone_number_id: null,
  primary_web3_wallet_id: null,
  phone_numbers: [],
  web3_wallets: [],
  passkeys: [],
  external_accounts: [],
  saml_accounts: [],
  enterprise_accounts: [],
  organization_memberships: [],
  two_factor_enabled: false,
  totp_enabled: false,
  backup_code_enabled: false,
  mfa_enabled_at: null,
  mfa_disabled_at: null,
  lockout_expires_in_seconds: null,
  verification_attempts_remaining: 100,
  create_organization_enabled: false,
  create_organizations_limit: null,
  legal_accepted_at: null,
};
