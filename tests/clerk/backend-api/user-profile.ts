import { defined } from "../../local-service/state/defined.ts";
import { hashPassword, hashUnchecked } from "../accounts/passwords.ts";
import type { Instance } from "../instance.ts";
import type { UserFilter } from "../state/user-filter.ts";
import { listUsers } from "../state/user-list.ts";
import type { User } from "../state/users.ts";
import { identifierExists } from "../wire/errors.ts";
import { userDataMissing } from "../wire/parameter-errors.ts";
import {
  usernameCharacterInvalid,
  usernameLengthInvalid,
  usernameNeedsNonNumber,
} from "../wire/username-errors.ts";
import type { CreateUserBody, ProfileFields } from "./user-schemas.ts";

/** The instance requires an identifier and a password, unless the request waives them. */
export function assertUserData(body: CreateUserBody): void {
  const hasIdentifier = body.email_address.length + body.phone_number.length > 0;
  const hasPassword = body.password != null || body.skip_password_requirement === true;
  const missing = [
    ...(hasIdentifier || body.skip_user_requirement ? [] : ["email_address"]),
    ...(hasPassword ? [] : ["password"]),
  ];
  if (missing.length > 0) throw userDataMissing(missing);
}

/** By the rules in the settings that ClerkJS gets (`username_settings`). */
export function assertUsername({ username }: ProfileFields): void {
  if (username == null) return;
  if (username.length < 4 || username.length > 64) throw usernameLengthInvalid(4, 64);
  if (!/^[\w-]+$/.test(username)) throw usernameCharacterInvalid();
  if (/^\d+$/.test(username)) throw usernameNeedsNonNumber();
}

/** Throws 422 if another user has the username or the external id. */
export function assertUnique(
  instance: Instance,
  { username, external_id }: ProfileFields,
  userId?: string,
): void {
  const page = { orderBy: "created_at", descending: true, limit: 2, offset: 0 } as const;
  const assertFree = (name: string, filter: UserFilter) => {
    const taken = listUsers(instance.db, filter, page).some(({ id }) => id !== userId);
    if (taken) throw identifierExists(name);
  };
  if (username) assertFree("username", { usernames: [username] });
  if (external_id) assertFree("external_id", { externalIds: [`+${external_id}`] });
}

export function newPasswordHash(
  { password, skip_password_checks, username }: ProfileFields,
  identifiers: string[],
): string | undefined {
  if (password == null) return undefined;
  if (skip_password_checks) return hashUnchecked(password);
  return hashPassword(password, username == null ? identifiers : [...identifiers, username]);
}

export function profileChange(body: ProfileFields): Partial<User> {
  return defined({
    firstName: body.first_name,
    lastName: body.last_name,
    username: body.username,
    externalId: body.external_id,
    locale: body.locale,
    deleteSelfEnabled: body.delete_self_enabled ?? undefined,
    createOrganizationEnabled: body.create_organization_enabled ?? undefined,
    createOrganizationsLimit: body.create_organizations_limit,
    bypassClientTrust: body.bypass_client_trust ?? undefined,
    legalAcceptedAt: milliseconds(body.legal_accepted_at),
    createdAt: milliseconds(body.created_at) ?? undefined,
  });
}

const milliseconds = (time: string | null | undefined) => (time == null ? time : Date.parse(time));
