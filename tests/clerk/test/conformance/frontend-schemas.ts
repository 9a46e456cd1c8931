import { z } from "zod";
import { sessionActivity } from "./backend-schemas.ts";
import { flag, int, none, record, text, time } from "./parts.ts";

/**
 * The entities of Clerk's Frontend API, after `fapi/2025-11-10.yml` of
 * https://github.com/clerk/openapi-specs (MIT), without the variants that are never served.
 */

const otp = z.looseObject({
  strategy: z.enum([
    "phone_code",
    "email_code",
    "reset_password_email_code",
    "reset_password_phone_code",
  ]),
  object: z.literal("verification_otp").optional(),
  status: z.enum(["unverified", "verified", "failed", "expired"]),
  attempts: int.nullable().optional(),
  expire_at: int,
});

const ticket = z.looseObject({
  strategy: z.literal("ticket"),
  object: z.literal("verification_ticket").optional(),
  status: z.enum(["unverified", "verified", "expired"]),
  attempts: int.nullable().optional(),
  expire_at: int.nullable().optional(),
});

const admin = z.strictObject({
  strategy: z.literal("admin"),
  object: z.literal("verification_admin").optional(),
  status: z.enum(["verified", "unverified", "failed", "expired"]),
  attempts: int.nullable().optional(),
  expire_at: int.nullable().optional(),
});

const proof = (strategy: "password" | "totp" | "backup_code") =>
  z.strictObject({
    strategy: z.literal(strategy),
    object: z.literal(`verification_${strategy}`).optional(),
    status: z.enum(["unverified", "verified"]),
    attempts: int.nullable().optional(),
    expire_at: int.nullable().optional(),
  });

const firstVerification = z.discriminatedUnion("strategy", [proof("password"), otp, ticket]);
const secondVerification = z.discriminatedUnion("strategy", [
  otp,
  proof("totp"),
  proof("backup_code"),
]);

export const emailAddress = z.strictObject({
  id: text,
  object: z.literal("email_address"),
  email_address: text,
  reserved: flag,
  verification: z.discriminatedUnion("strategy", [otp, ticket, admin]).nullable(),
  linked_to: none,
  matches_sso_connection: flag.optional(),
  created_at: time,
  updated_at: time,
});

const phoneNumber = z.strictObject({
  id: text,
  object: z.literal("phone_number"),
  phone_number: text,
  reserved_for_second_factor: flag.optional(),
  default_second_factor: flag.optional(),
  reserved: flag,
  verification: z.discriminatedUnion("strategy", [otp, admin]).nullable(),
  linked_to: none,
  backup_codes: z.array(text).nullable().optional(),
  created_at: time,
  updated_at: time,
});

/** Private metadata is for the Backend API only. */
export const user = z.looseObject({
  id: text,
  object: z.literal("user"),
  username: text.nullable(),
  first_name: text.nullable(),
  last_name: text.nullable(),
  image_url: text.optional(),
  has_image: flag,
  primary_email_address_id: text.nullable(),
  primary_phone_number_id: text.nullable(),
  primary_web3_wallet_id: text.nullable(),
  password_enabled: flag,
  two_factor_enabled: flag,
  totp_enabled: flag,
  backup_code_enabled: flag,
  email_addresses: z.array(emailAddress),
  phone_numbers: z.array(phoneNumber),
  web3_wallets: none,
  passkeys: none,
  organization_memberships: none.optional(),
  external_accounts: none,
  saml_accounts: none,
  enterprise_accounts: none,
  password_last_updated_at: time.nullable().optional(),
  public_metadata: record,
  private_metadata: z.never().optional(),
  unsafe_metadata: record.optional(),
  external_id: text.nullable(),
  last_sign_in_at: time.nullable(),
  banned: flag,
  locked: flag,
  lockout_expires_in_seconds: time.nullable(),
  verification_attempts_remaining: time.nullable(),
  created_at: time,
  updated_at: time,
  delete_self_enabled: flag,
  create_organization_enabled: flag,
  create_organizations_limit: int.optional(),
  last_active_at: time.nullable(),
  mfa_enabled_at: time.nullable(),
  mfa_disabled_at: time.nullable(),
  legal_accepted_at: time.nullable(),
});

const sessionFields = {
  id: text,
  object: z.literal("session"),
  status: z.enum(["active", "revoked", "ended", "expired", "removed", "abandoned", "pending"]),
  expire_at: time,
  abandon_at: time,
  last_active_at: time,
  last_active_token: z.strictObject({ object: z.literal("token"), jwt: text }).nullish(),
  actor: record.nullish(),
  tasks: none.nullish(),
};

export const activeSession = z.looseObject({ ...sessionFields, latest_activity: sessionActivity });

export const session = z.looseObject({
  ...sessionFields,
  last_active_organization_id: text.nullable(),
  user: user.optional(),
  public_user_data: z
    .strictObject({
      first_name: text.nullable(),
      last_name: text.nullable(),
      image_url: text.nullable().optional(),
      has_image: flag,
      identifier: text,
      user_id: text.nullable().optional(),
      username: text.nullable().optional(),
      banned: flag.optional(),
    })
    .nullable(),
  factor_verification_age: z.array(int),
  created_at: time,
  updated_at: time,
});

const factor = z.strictObject({
  strategy: z.enum(["password", "email_code", "reset_password_email_code", "totp", "backup_code"]),
  safe_identifier: text.optional(),
  email_address_id: text.optional(),
  primary: flag.nullable().optional(),
  default: flag.optional(),
});

export const signIn = z.strictObject({
  object: z.literal("sign_in_attempt"),
  id: text,
  status: z.enum([
    "abandoned",
    "needs_identifier",
    "needs_first_factor",
    "needs_second_factor",
    "needs_client_trust",
    "needs_new_password",
    "complete",
  ]),
  supported_identifiers: z.array(z.enum(["email_address", "phone_number", "username"])),
  supported_first_factors: z.array(factor).nullable(),
  supported_second_factors: z.array(factor).nullable(),
  first_factor_verification: firstVerification.nullable(),
  second_factor_verification: secondVerification.nullable(),
  identifier: text.nullable(),
  user_data: z
    .strictObject({
      first_name: text.nullable(),
      last_name: text.nullable(),
      image_url: text.optional(),
      has_image: flag,
    })
    .nullable(),
  created_session_id: text.nullable(),
  abandon_at: time,
  client_trust_state: z.enum(["pending", "new", "known"]).nullable().optional(),
});

const nextStep = {
  next_action: z.enum(["needs_prepare", "needs_attempt", ""]),
  supported_strategies: z.array(text),
};

export const signUp = z.looseObject({
  object: z.literal("sign_up_attempt"),
  id: text,
  status: z.enum(["abandoned", "missing_requirements", "complete"]),
  required_fields: z.array(text),
  optional_fields: z.array(text),
  missing_fields: z.array(text),
  unverified_fields: z.array(text),
  verifications: z.looseObject({
    email_address: z
      .discriminatedUnion("strategy", [otp.extend(nextStep), ticket.extend(nextStep)])
      .nullable(),
    phone_number: z.null(),
    web3_wallet: z.null(),
    external_account: z.null(),
  }),
  username: text.nullable(),
  email_address: text.nullable(),
  phone_number: text.nullable(),
  web3_wallet: text.nullable(),
  password_enabled: flag,
  first_name: text.nullable(),
  last_name: text.nullable(),
  unsafe_metadata: record.optional(),
  public_metadata: record.optional(),
  custom_action: flag,
  external_id: text.nullable(),
  created_session_id: text.nullable(),
  created_user_id: text.nullable(),
  abandon_at: time,
  legal_accepted_at: time.nullable(),
});

export const client = z.looseObject({
  object: z.literal("client"),
  id: text,
  sessions: z.array(session),
  sign_in: signIn.nullable(),
  sign_up: signUp.nullable(),
  last_active_session_id: text.nullable(),
  last_authentication_strategy: text.nullable(),
  cookie_expires_at: time.nullable(),
  captcha_bypass: flag,
  created_at: time,
  updated_at: time,
});

export const reverification = z.looseObject({
  object: z.literal("session_reverification"),
  level: text,
  status: z.enum(["needs_first_factor", "needs_second_factor", "complete"]),
  supported_first_factors: z.array(factor).nullable(),
  supported_second_factors: z.array(factor).nullable(),
  first_factor_verification: firstVerification.nullable(),
  second_factor_verification: secondVerification.nullable(),
  session,
});
