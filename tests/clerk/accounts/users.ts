import type { Instance } from "../instance.ts";
import { nextRevision } from "../revision.ts";
import { newId } from "../state/identifiers.ts";
import {
  type EmailAddress,
  findUserByEmail,
  findUserByPhoneNumber,
  normalizeEmail,
  type PhoneNumber,
  removeUser,
  saveUser,
  type User,
  users,
} from "../state/users.ts";
import { publishUser, publishUserDeleted } from "../webhooks/events.ts";
import { identifierExists, lastIdentifier, resourceNotFound } from "../wire/errors.ts";
import { endSessionsOfUser } from "./sessions.ts";

export type NewUser = Partial<
  Pick<
    User,
    | "externalId"
    | "username"
    | "firstName"
    | "lastName"
    | "locale"
    | "passwordHash"
    | "publicMetadata"
    | "privateMetadata"
    | "unsafeMetadata"
    | "lastSignInAt"
    | "createdAt"
    | "banned"
    | "locked"
    | "deleteSelfEnabled"
    | "createOrganizationEnabled"
    | "createOrganizationsLimit"
    | "bypassClientTrust"
    | "legalAcceptedAt"
  >
> & {
  /** All are verified; the first one is primary. */
  emailAddresses: string[];
  phoneNumbers?: string[];
  verifiedBy?: EmailAddress["strategy"];
};

/** Throws 404 `resource_not_found`. */
export function getUser(instance: Instance, userId: string): User {
  const user = users.find(instance.db, userId);
  if (user === undefined) throw resourceNotFound("user", userId);
  return user;
}

/** Creates the account and queues `user.created`. Throws `form_identifier_exists`. */
export function createUser(instance: Instance, input: NewUser): User {
  return instance.db.transaction(() => {
    const user = createUserSilently(instance, input);
    publishUser(instance, "user.created", user);
    return user;
  });
}

/** Like `createUser`, but sends no webhook. */
export function createUserSilently(instance: Instance, input: NewUser): User {
  const { db, clock } = instance;
  const { emailAddresses, phoneNumbers = [], verifiedBy = "admin", ...fields } = input;
  const now = clock.now();
  const emails = emailAddresses.map((address) => newEmail(address, verifiedBy, now));
  const phones = phoneNumbers.map((phoneNumber) => newPhoneNumber(phoneNumber, now));
  return db.transaction(() => {
    for (const email of emails) {
      if (findUserByEmail(db, email.emailAddress) !== undefined) throw identifierExists();
    }
    for (const { phoneNumber } of phones) {
      if (findUserByPhoneNumber(db, phoneNumber)) throw identifierExists("phone_number");
    }
    return saveUser(db, {
      ...emptyUser,
      id: newId("user"),
      createdAt: now,
      ...fields,
      emailAddresses: emails,
      primaryEmailAddressId: emails[0]?.id ?? null,
      phoneNumbers: phones,
      primaryPhoneNumberId: phones[0]?.id ?? null,
      passwordUpdatedAt: fields.passwordHash ? now : null,
      updatedAt: now,
    });
  });
}

/**
 * The only way to change an account: atomically applies `change`, increases `updated_at` and queues
 * `user.updated`. Throws 404 for an unknown user.
 */
export function changeUser(
  instance: Instance,
  userId: string,
  change: (user: User) => Partial<User>,
): User {
  return instance.db.transaction(() => {
    const user = getUser(instance, userId);
    const updatedAt = nextRevision(instance.clock, user.updatedAt);
    const changed = saveUser(instance.db, { ...user, ...change(user), updatedAt });
    publishUser(instance, "user.updated", changed);
    return changed;
  });
}

/** Deletes the account, ends its sessions and queues `user.deleted`. Throws 404. */
export function deleteUser(instance: Instance, userId: string): void {
  instance.db.transaction(() => {
    getUser(instance, userId);
    endSessionsOfUser(instance, userId, "removed");
    removeUser(instance.db, userId);
    publishUserDeleted(instance, userId);
  });
}

function newEmail(address: string, strategy: EmailAddress["strategy"], now: number): EmailAddress {
  return {
    id: newId("idn"),
    emailAddress: normalizeEmail(address),
    verified: true,
    strategy,
    challenge: null,
    createdAt: now,
  };
}

export function newPhoneNumber(phoneNumber: string, now: number): PhoneNumber {
  return { id: newId("idn"), phoneNumber, verified: true, createdAt: now };
}

type Identifier = Pick<EmailAddress | PhoneNumber, "verified">;

/** Throws 400 unless the user can still be identified. */
export function assertIdentified(removed: Identifier, remaining: Identifier[]): void {
  const left = removed.verified ? remaining.filter(({ verified }) => verified) : remaining;
  if (left.length === 0) throw lastIdentifier();
}

const emptyUser = {
  externalId: null,
  username: null,
  firstName: null,
  lastName: null,
  locale: null,
  passwordHash: null,
  publicMetadata: {},
  privateMetadata: {},
  unsafeMetadata: {},
  banned: false,
  locked: false,
  deleteSelfEnabled: true,
  createOrganizationEnabled: false,
  createOrganizationsLimit: null,
  bypassClientTrust: false,
  legalAcceptedAt: null,
  imageUrl: null,
  totp: null,
  backupCodes: [],
  mfaEnabledAt: null,
  mfaDisabledAt: null,
  lastSignInAt: null,
  lastActiveAt: null,
};
