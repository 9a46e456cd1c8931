import { z } from "zod";
import type { Database } from "../../local-service/state/database.ts";
import { documentTable } from "../../local-service/state/documents.ts";
import { challengeSchema } from "./challenges.ts";

export const metadataSchema = z.record(z.string(), z.json());
export type Metadata = z.infer<typeof metadataSchema>;

const emailAddressSchema = z.object({
  id: z.string(),
  emailAddress: z.string(),
  verified: z.boolean(),
  /** How it was or will be verified; `admin` if created through the Backend API. */
  strategy: z.enum(["email_code", "admin", "ticket"]),
  challenge: challengeSchema.nullable(),
  createdAt: z.number(),
});
export type EmailAddress = z.infer<typeof emailAddressSchema>;

/** Only the Backend API gives a user a phone number. */
const phoneNumberSchema = z.object({
  id: z.string(),
  phoneNumber: z.string(),
  verified: z.boolean(),
  createdAt: z.number(),
});
export type PhoneNumber = z.infer<typeof phoneNumberSchema>;

const totpSchema = z.object({
  id: z.string(),
  secret: z.string(),
  verified: z.boolean(),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type Totp = z.infer<typeof totpSchema>;

const userSchema = z.object({
  id: z.string(),
  externalId: z.string().nullable(),
  username: z.string().nullable(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  locale: z.string().nullable(),
  primaryEmailAddressId: z.string().nullable(),
  emailAddresses: z.array(emailAddressSchema),
  primaryPhoneNumberId: z.string().nullable().default(null),
  phoneNumbers: z.array(phoneNumberSchema).default([]),
  /** Of an uploaded profile image. */
  imageUrl: z.string().nullable().default(null),
  /** An authenticator app; not a second factor until it is verified. */
  totp: totpSchema.nullable().default(null),
  /** Those that are not used yet. */
  backupCodes: z.array(z.string()).default([]),
  mfaEnabledAt: z.number().nullable().default(null),
  mfaDisabledAt: z.number().nullable().default(null),
  passwordHash: z.string().nullable(),
  passwordUpdatedAt: z.number().nullable(),
  publicMetadata: metadataSchema,
  privateMetadata: metadataSchema,
  unsafeMetadata: metadataSchema,
  banned: z.boolean(),
  locked: z.boolean(),
  deleteSelfEnabled: z.boolean(),
  createOrganizationEnabled: z.boolean().default(false),
  createOrganizationsLimit: z.number().nullable().default(null),
  bypassClientTrust: z.boolean().default(false),
  legalAcceptedAt: z.number().nullable().default(null),
  lastSignInAt: z.number().nullable(),
  lastActiveAt: z.number().nullable(),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type User = z.infer<typeof userSchema>;

export const users = documentTable<User>({
  table: "users",
  schema: userSchema,
  columns: (user) => ({
    created_at: user.createdAt,
    updated_at: user.updatedAt,
    last_sign_in_at: user.lastSignInAt,
    last_active_at: user.lastActiveAt,
    first_name: user.firstName,
    last_name: user.lastName,
    username: user.username,
    email_address: primaryEmail(user)?.emailAddress ?? null,
    search: searchText(user),
  }),
});

/** Saves the user and its rows in `email_addresses`. */
export function saveUser(db: Database, user: User): User {
  return db.transaction(() => {
    db.statement("DELETE FROM email_addresses WHERE user_id = ?").run(user.id);
    for (const email of user.emailAddresses) {
      db.statement(
        "INSERT INTO email_addresses (id, address, user_id, verified) VALUES (?, ?, ?, ?)",
      ).run(email.id, email.emailAddress, user.id, email.verified ? 1 : 0);
    }
    return users.save(db, user);
  });
}

export function removeUser(db: Database, userId: string): void {
  db.transaction(() => {
    db.statement("DELETE FROM email_addresses WHERE user_id = ?").run(userId);
    users.remove(db, userId);
  });
}

/** The user with this verified address. Unverified addresses are ignored. */
export function findUserByEmail(db: Database, emailAddress: string): User | undefined {
  const [user] = users.select(
    db,
    "WHERE id IN (SELECT user_id FROM email_addresses WHERE address = ? AND verified = 1)",
    normalizeEmail(emailAddress),
  );
  return user;
}

export const findUserByPhoneNumber = (db: Database, phoneNumber: string): User | undefined =>
  findByPhone(db, "phoneNumber", phoneNumber);

export const findUserByPhoneNumberId = (db: Database, phoneId: string): User | undefined =>
  findByPhone(db, "id", phoneId);

function findByPhone(db: Database, field: keyof PhoneNumber, value: string): User | undefined {
  const [user] = users.select(
    db,
    `WHERE EXISTS (SELECT 1 FROM json_each(document, '$.phoneNumbers')
      WHERE json_extract(value, '$.${field}') = ?)`,
    value,
  );
  return user;
}

/** Email addresses are case-insensitive, like at Clerk. */
export function normalizeEmail(emailAddress: string): string {
  return emailAddress.trim().toLowerCase();
}

export function primaryEmail(user: User): EmailAddress | undefined {
  return user.emailAddresses.find((email) => email.id === user.primaryEmailAddressId);
}

export function identifiersOf({ emailAddresses, phoneNumbers, username }: User): string[] {
  const contacts = [
    ...emailAddresses.map(({ emailAddress }) => emailAddress),
    ...phoneNumbers.map(({ phoneNumber }) => phoneNumber),
  ];
  return username === null ? contacts : [...contacts, username];
}

export const hasSecondFactor = (user: User): boolean => user.totp?.verified ?? false;

function searchText(user: User): string {
  const addresses = user.emailAddresses.map((email) => email.emailAddress);
  const phoneNumbers = user.phoneNumbers.map(({ phoneNumber }) => phoneNumber);
  const name = [user.firstName, user.lastName].filter(Boolean).join(" ");
  return [user.id, user.username ?? "", name, ...addresses, ...phoneNumbers]
    .join("\n")
    .toLowerCase();
}
