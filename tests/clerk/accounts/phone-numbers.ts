import type { Instance } from "../instance.ts";
import { findUserByPhoneNumber, type PhoneNumber, type User } from "../state/users.ts";
import { identificationNotFound, identifierExists } from "../wire/errors.ts";
import { parameterNotFound, verificationNeeded } from "../wire/parameter-errors.ts";
import { assertIdentified, changeUser, newPhoneNumber } from "./users.ts";

/** Throws 404 for an unknown phone number. */
export function getPhoneNumber(user: User, phoneId: string): PhoneNumber {
  const phone = user.phoneNumbers.find(({ id }) => id === phoneId);
  if (phone === undefined) throw identificationNotFound();
  return phone;
}

/** Adds a phone number. Throws `form_identifier_exists`. */
export function addPhoneNumber(
  instance: Instance,
  userId: string,
  phoneNumber: string,
  options: { verified: boolean; primary: boolean },
): { user: User; phone: PhoneNumber } {
  const { verified } = options;
  const phone = { ...newPhoneNumber(phoneNumber, instance.clock.now()), verified };
  const user = changeUser(instance, userId, (owner) => {
    if (findUserByPhoneNumber(instance.db, phoneNumber)) throw identifierExists("phone_number");
    const isPrimary = options.primary || owner.phoneNumbers.length === 0;
    return {
      phoneNumbers: [...owner.phoneNumbers, phone],
      ...(isPrimary && { primaryPhoneNumberId: phone.id }),
    };
  });
  return { user, phone };
}

/** Throws 422 unless it is a verified phone number of the user. */
export function primaryPhoneNumberChange(user: User, phoneId: string): Partial<User> {
  const phone = user.phoneNumbers.find(({ id }) => id === phoneId);
  if (phone === undefined) throw parameterNotFound("primary_phone_number_id");
  if (!phone.verified) throw verificationNeeded("primary_phone_number_id");
  return { primaryPhoneNumberId: phoneId };
}

/** The next number becomes primary. Throws 400 for the last (verified) identifier of a user. */
export function removePhoneNumber(instance: Instance, userId: string, phoneId: string): void {
  changeUser(instance, userId, (user) => {
    const removed = getPhoneNumber(user, phoneId);
    const phoneNumbers = user.phoneNumbers.filter(({ id }) => id !== phoneId);
    assertIdentified(removed, [...user.emailAddresses, ...phoneNumbers]);
    const wasPrimary = user.primaryPhoneNumberId === phoneId;
    return {
      phoneNumbers,
      ...(wasPrimary && { primaryPhoneNumberId: phoneNumbers[0]?.id ?? null }),
    };
  });
}
