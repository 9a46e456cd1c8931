import { primaryEmailChange } from "../accounts/email-addresses.ts";
import { mergeMetadata } from "../accounts/metadata.ts";
import { hashPassword } from "../accounts/passwords.ts";
import { endSessionsOfUser } from "../accounts/sessions.ts";
import { changeUser, createUser } from "../accounts/users.ts";
import type { Instance } from "../instance.ts";
import type { User } from "../state/users.ts";
import type { BulkBanBody, CreateUserBody, MetadataBody, UpdateUserBody } from "./user-schemas.ts";

export function createUserFromBody(instance: Instance, body: CreateUserBody): User {
  return createUser(instance, {
    emailAddresses: body.email_address,
    passwordHash: body.password == null ? null : hashPassword(body.password),
    firstName: body.first_name ?? null,
    lastName: body.last_name ?? null,
    username: body.username ?? null,
    externalId: body.external_id ?? null,
    locale: body.locale ?? null,
    publicMetadata: body.public_metadata ?? {},
    privateMetadata: body.private_metadata ?? {},
    unsafeMetadata: body.unsafe_metadata ?? {},
    ...(body.created_at == null ? {} : { createdAt: Date.parse(body.created_at) }),
  });
}

/** Updates the given fields; null clears a name. */
export function updateUserFromBody(instance: Instance, userId: string, body: UpdateUserBody): User {
  const passwordHash = body.password === undefined ? undefined : hashPassword(body.password);
  return instance.db.transaction(() => {
    const changed = changeUser(instance, userId, (user) => ({
      firstName: body.first_name === undefined ? user.firstName : body.first_name,
      lastName: body.last_name === undefined ? user.lastName : body.last_name,
      username: body.username === undefined ? user.username : body.username,
      externalId: body.external_id === undefined ? user.externalId : body.external_id,
      locale: body.locale === undefined ? user.locale : body.locale,
      deleteSelfEnabled: body.delete_self_enabled ?? user.deleteSelfEnabled,
      publicMetadata: body.public_metadata ?? user.publicMetadata,
      privateMetadata: body.private_metadata ?? user.privateMetadata,
      unsafeMetadata: body.unsafe_metadata ?? user.unsafeMetadata,
      ...(passwordHash === undefined
        ? {}
        : { passwordHash, passwordUpdatedAt: instance.clock.now() }),
      ...(body.primary_email_address_id === undefined
        ? {}
        : primaryEmailChange(user, body.primary_email_address_id)),
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
  return changeUser(instance, userId, (user) => ({
    publicMetadata: mergeMetadata(user.publicMetadata, body.public_metadata ?? {}),
    privateMetadata: mergeMetadata(user.privateMetadata, body.private_metadata ?? {}),
    unsafeMetadata: mergeMetadata(user.unsafeMetadata, body.unsafe_metadata ?? {}),
  }));
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
