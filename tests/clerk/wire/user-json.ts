import { z } from "zod";
import { hasSecondFactor, metadataSchema, type User } from "../state/users.ts";
import {
  emailAddressJson,
  emailAddressJsonSchema,
  phoneNumberJson,
  phoneNumberJsonSchema,
} from "./contact-json.ts";
import { imageUrl } from "./image-url.ts";

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
  primary_phone_number_id: z.string().nullable(),
  primary_web3_wallet_id: z.null(),
  email_addresses: z.array(emailAddressJsonSchema),
  phone_numbers: z.array(phoneNumberJsonSchema),
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
  mfa_enabled_at: z.number().nullable(),
  mfa_disabled_at: z.number().nullable(),
  public_metadata: metadataSchema,
  private_metadata: metadataSchema,
  unsafe_metadata: metadataSchema,
  banned: z.boolean(),
  locked: z.boolean(),
  lockout_expires_in_seconds: z.null(),
  verification_attempts_remaining: z.number().nullable(),
  bypass_client_trust: z.boolean(),
  delete_self_enabled: z.boolean(),
  create_organization_enabled: z.boolean(),
  create_organizations_limit: z.number().nullable(),
  legal_accepted_at: z.number().nullable(),
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
    has_image: user.imageUrl !== null,
    primary_email_address_id: user.primaryEmailAddressId,
    email_addresses: user.emailAddresses.map((email) => emailAddressJson(user, email)),
    primary_phone_number_id: user.primaryPhoneNumberId,
    phone_numbers: user.phoneNumbers.map((phone) => phoneNumberJson(user, phone)),
    password_enabled: user.passwordHash !== null,
    password_last_updated_at: user.passwordUpdatedAt,
    two_factor_enabled: hasSecondFactor(user),
    totp_enabled: hasSecondFactor(user),
    backup_code_enabled: user.backupCodes.length > 0,
    mfa_enabled_at: user.mfaEnabledAt,
    mfa_disabled_at: user.mfaDisabledAt,
    public_metadata: user.publicMetadata,
    private_metadata: user.privateMetadata,
    unsafe_metadata: user.unsafeMetadata,
    banned: user.banned,
    locked: user.locked,
    delete_self_enabled: user.deleteSelfEnabled,
    create_organization_enabled: user.createOrganizationEnabled,
    create_organizations_limit: user.createOrganizationsLimit,
    bypass_client_trust: user.bypassClientTrust,
    legal_accepted_at: user.legalAcceptedAt,
    last_sign_in_at: user.lastSignInAt,
    last_active_at: user.lastActiveAt,
    created_at: user.createdAt,
    updated_at: user.updatedAt,
    ...unsupportedFeatures,
  };
}

/**
 * A user in the Frontend API's format: without private metadata, and without a limit that is not
 * set.
 */
export function frontendUserJson(user: User) {
  const {
    private_metadata: _,
    create_organizations_limit,
    bypass_client_trust: _trust,
    ...visible
  } = userJson(user);
  return { ...visible, ...(create_organizations_limit !== null && { create_organizations_limit }) };
}

/** Fields of features that the local Clerk does not support. */
const unsupportedFeatures = {
  primary_web3_wallet_id: null,
  web3_wallets: [],
  passkeys: [],
  external_accounts: [],
  saml_accounts: [],
  enterprise_accounts: [],
  organization_memberships: [],
  lockout_expires_in_seconds: null,
  verification_attempts_remaining: 100,
};
