import { primaryEmailChange } from "../accounts/email-addresses.ts";
import { assertMetadataSizes, mergeMetadata } from "../accounts/metadata.ts";
import { primaryPhoneNumberChange } from "../accounts/phone-numbers.ts";
import { endSessionsOfUser } from "../accounts/sessions.ts";
import { changeUser, createUser, getUser } from "../accounts/users.ts";
import type { Instance } from "../instance.ts";
import { identifiersOf, type User } from "../state/users.ts";
import {
  assertUnique,
  assertUserData,
  assertUsername,
  newPasswordHash,
  profileChange,
} from "./user-profile.ts";
import type { BulkBanBody, CreateUserBody, MetadataBody, UpdateUserBody } from "./user-schemas.ts";

export function createUserFromBody(instance: Instance, body: CreateUserBody): User {
  assertUserData(body);
  assertUsername(body);
  assertUnique(instance, body);
  assertMetadataSizes(body);
  return createUser(instance, {
    ...profileChange(body),
    emailAddresses: body.email_address,
    phoneNumbers: body.phone_number,
    passwordHash: newPasswordHash(body, [...body.email_address, ...body.phone_number]) ?? null,
    publicMetadata: body.public_metadata ?? {},
    privateMetadata: body.private_metadata ?? {},
    unsafeMetadata: body.unsafe_metadata ?? {},
    banned: body.banned ?? false,
    locked: body.locked ?? false,
  });
}

/** Updates the given fields; null clears a name. */
export function updateUserFromBody(instance: Instance, userId: string, body: UpdateUserBody): User {
  assertUsername(body);
  assertUnique(instance, body, userId);
  assertMetadataSizes(body);
  const passwordHash = newPasswordHash(body, identifiersOf(getUser(instance, userId)));
  const emailId = body.primary_email_address_id;
  const phoneId = body.primary_phone_number_id;
  return instance.db.transaction(() => {
    const changed = changeUser(instance, userId, (user) => ({
      ...profileChange(body),
      publicMetadata: body.public_metadata ?? user.publicMetadata,
      privateMetadata: body.private_metadata ?? user.privateMetadata,
      unsafeMetadata: body.unsafe_metadata ?? user.unsafeMetadata,
      ...(passwordHash && { passwordHash, passwordUpdatedAt: instance.clock.now() }),
      ...(emailId == null ? {} : primaryEmailChange(user, emailId)),
      ...(phoneId == null ? {} : primaryPhoneNumberChange(user, phoneId)),
    }));
    if (body.sign_out_of_other_sessions) endSessionsOfUser(instance, userId, "revoked");
    return changed;
  });
}

/** Deep-merges metadata; null removes a key. */
export function mergeMetadataFromBody(
  instance: Instance,
  userId: string,
  body: MetadataBody,
): User {
  return changeUser(instance, userId, (user) => {
    const merged = {
      public_metadata: mergeMetadata(user.publicMetadata, body.public_metadata ?? {}),
      private_metadata: mergeMetadata(user.privateMetadata, body.private_metadata ?? {}),
      unsafe_metadata: mergeMetadata(user.unsafeMetadata, body.unsafe_metadata ?? {}),
    };
    assertMetadataSizes(merged);
    return {
      publicMetadata: merged.public_metadata,
      privateMetadata: merged.private_metadata,
      unsafeMetadata: merged.unsafe_metadata,
    };
  });
}

/** A ban also revokes all sessions. */
export function setBanned(instance: Instance, userId: string, banned: boolean): User {
  return instance.db.transaction(() => {
    if (banned) endSessionsOfUser(instance, userId, "revoked");
    return changeUser(instance, userId, () => ({ banned }));
  });
}

/** All or none, in the order of the ids. Throws 404. */
export function setUsersBanned(
  instance: Instance,
  { user_ids }: BulkBanBody,
  banned: boolean,
): User[] {
  return instance.db.transaction(() => user_ids.map((id) => setBanned(instance, id, banned)));
}

/** Existing sessions keep working. */
export function setLocked(instance: Instance, userId: string, locked: boolean): User {
  return changeUser(instance, userId, () => ({ locked }));
}
