import { z } from "zod";
import { flag, int, none, record, text, time } from "./parts.ts";

/**
 * The entities of Clerk's Backend API, after `bapi/2025-11-10.yml` of
 * https://github.com/clerk/openapi-specs (MIT), without the variants that are never served.
 */

const verification = z.discriminatedUnion("strategy", [
  z.strictObject({
    strategy: z.enum(["phone_code", "email_code", "reset_password_email_code"]),
    object: z.literal("verification_otp").optional(),
    status: z.enum(["unverified", "verified", "failed", "expired"]),
    attempts: int.nullable(),
    expire_at: int.nullable(),
    channel: text.nullable().optional(),
    verified_at_client: text.nullable().optional(),
  }),
  z.strictObject({
    strategy: z.literal("admin"),
    object: z.literal("verification_admin").optional(),
    status: z.literal("verified"),
    attempts: int.nullable(),
    expire_at: int.nullable(),
    verified_at_client: text.nullable().optional(),
  }),
  z.strictObject({
    strategy: z.literal("ticket"),
    object: z.literal("verification_ticket").optional(),
    status: z.enum(["unverified", "verified", "expired"]),
    attempts: int.nullable(),
    expire_at: int.nullable(),
    verified_at_client: text.nullable().optional(),
  }),
]);

export const emailAddress = z.strictObject({
  id: text.optional(),
  object: z.literal("email_address"),
  email_address: text,
  reserved: flag,
  verification: verification.nullable(),
  linked_to: none,
  matches_sso_connection: flag.optional(),
  created_at: time,
  updated_at: time,
});

export const phoneNumber = z.strictObject({
  id: text.optional(),
  object: z.literal("phone_number"),
  phone_number: text,
  reserved_for_second_factor: flag.optional(),
  default_second_factor: flag.optional(),
  reserved: flag,
  verification: verification.nullable(),
  linked_to: none,
  backup_codes: z.array(text).nullable().optional(),
  created_at: time,
  updated_at: time,
});

export const user = z.strictObject({
  id: text,
  object: z.literal("user"),
  external_id: text.nullable(),
  primary_email_address_id: text.nullable(),
  primary_phone_number_id: text.nullable(),
  primary_web3_wallet_id: text.nullable(),
  username: text.nullable(),
  first_name: text.nullable(),
  last_name: text.nullable(),
  locale: text.nullable().optional(),
  image_url: text.optional(),
  has_image: flag,
  public_metadata: record,
  private_metadata: record.nullable().optional(),
  unsafe_metadata: record.optional(),
  email_addresses: z.array(emailAddress),
  phone_numbers: z.array(phoneNumber),
  web3_wallets: none,
  passkeys: none,
  password_enabled: flag,
  two_factor_enabled: flag,
  totp_enabled: flag,
  backup_code_enabled: flag,
  mfa_enabled_at: time.nullable(),
  mfa_disabled_at: time.nullable(),
  password_last_updated_at: time.nullable().optional(),
  external_accounts: none,
  saml_accounts: none,
  enterprise_accounts: none,
  organization_memberships: none.optional(),
  last_sign_in_at: time.nullable(),
  banned: flag,
  locked: flag,
  lockout_expires_in_seconds: time.nullable(),
  verification_attempts_remaining: time.nullable(),
  updated_at: time,
  created_at: time,
  delete_self_enabled: flag,
  create_organization_enabled: flag,
  create_organizations_limit: int.nullable().optional(),
  last_active_at: time.nullable(),
  legal_accepted_at: time.nullable(),
  bypass_client_trust: flag.optional(),
});

export const sessionActivity = z.looseObject({
  object: text,
  id: text,
  device_type: text.optional(),
  is_mobile: flag,
  browser_name: text.optional(),
  browser_version: text.optional(),
  ip_address: text.optional(),
  city: text.optional(),
  country: text.optional(),
});

export const session = z.strictObject({
  object: z.literal("session"),
  id: text,
  user_id: text,
  client_id: text,
  actor: record.nullable().optional(),
  status: z.enum(["active", "revoked", "ended", "expired", "removed", "abandoned", "replaced"]),
  last_active_organization_id: text.nullable().optional(),
  last_active_at: int,
  latest_activity: sessionActivity.nullable().optional(),
  expire_at: time,
  abandon_at: time,
  updated_at: time,
  created_at: time,
  tasks: none.nullable().optional(),
});

export const client = z.strictObject({
  object: z.literal("client"),
  id: text,
  session_ids: z.array(text),
  sessions: z.array(session),
  sign_in_id: text.nullable(),
  sign_up_id: text.nullable(),
  last_active_session_id: text.nullable(),
  last_authentication_strategy: text.nullable(),
  updated_at: time,
  created_at: time,
});

const ticket = {
  id: text,
  status: z.enum(["pending", "accepted", "revoked"]),
  user_id: text,
  token: text.optional(),
  created_at: time,
  updated_at: time,
};

export const signInToken = z.strictObject({
  ...ticket,
  object: z.literal("sign_in_token"),
  url: text.nullable().optional(),
});

export const actorToken = z.strictObject({
  ...ticket,
  object: z.literal("actor_token"),
  actor: record,
  url: text.optional(),
});

export const invitation = z.strictObject({
  object: z.literal("invitation"),
  id: text,
  email_address: z.email(),
  public_metadata: record,
  revoked: flag.optional(),
  status: z.enum(["pending", "accepted", "revoked", "expired"]),
  url: text.optional(),
  expires_at: time.nullable().optional(),
  created_at: time,
  updated_at: time,
});

const rsaKey = z.looseObject({
  kty: z.literal("RSA"),
  kid: text,
  alg: text,
  use: text,
  n: text,
  e: text,
});

export const jwks = z.strictObject({ keys: z.array(rsaKey) });

export const deletedObject = z.strictObject({
  object: text,
  id: text.optional(),
  slug: text.optional(),
  deleted: flag,
  external_id: text.optional(),
});
