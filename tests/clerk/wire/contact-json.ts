import { z } from "zod";
import type { EmailAddress, PhoneNumber, User } from "../state/users.ts";

const contactFields = {
  id: z.string(),
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
  created_at: z.number(),
  updated_at: z.number(),
};

export const emailAddressJsonSchema = z.object({
  ...contactFields,
  object: z.literal("email_address"),
  email_address: z.string(),
  matches_sso_connection: z.boolean(),
});

export const phoneNumberJsonSchema = z.object({
  ...contactFields,
  object: z.literal("phone_number"),
  phone_number: z.string(),
  reserved_for_second_factor: z.boolean(),
  default_second_factor: z.boolean(),
  backup_codes: z.null(),
});

export function emailAddressJson(
  user: User,
  email: EmailAddress,
): z.infer<typeof emailAddressJsonSchema> {
  return {
    id: email.id,
    object: "email_address",
    email_address: email.emailAddress,
    reserved: false,
    verification: emailVerification(email),
    linked_to: [],
    matches_sso_connection: false,
    created_at: email.createdAt,
    updated_at: user.updatedAt,
  };
}

export function phoneNumberJson(
  user: User,
  phone: PhoneNumber,
): z.infer<typeof phoneNumberJsonSchema> {
  return {
    id: phone.id,
    object: "phone_number",
    phone_number: phone.phoneNumber,
    reserved_for_second_factor: false,
    default_second_factor: false,
    reserved: false,
    verification: phone.verified
      ? { status: "verified", strategy: "admin", attempts: null, expire_at: null }
      : null,
    linked_to: [],
    backup_codes: null,
    created_at: phone.createdAt,
    updated_at: user.updatedAt,
  };
}

/** A code's verification always has an expiry, even after it was used. */
function emailVerification({ verified, challenge, strategy, createdAt }: EmailAddress) {
  if (!verified && challenge === null) return null;
  const byCode = strategy === "email_code";
  return {
    status: verified ? ("verified" as const) : ("unverified" as const),
    strategy,
    attempts: challenge?.attempts ?? (byCode ? 1 : null),
    expire_at: challenge?.expireAt ?? (byCode ? createdAt + 600_000 : null),
  };
}
