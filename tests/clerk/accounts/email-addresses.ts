import type { Instance } from "../instance.ts";
import type { Challenge } from "../state/challenges.ts";
import { newId } from "../state/identifiers.ts";
import {
  type EmailAddress,
  findUserByEmail,
  normalizeEmail,
  saveUser,
  type User,
} from "../state/users.ts";
import { alreadyVerified, identificationNotFound, identifierExists } from "../wire/errors.ts";
import { parameterNotFound, verificationNeeded } from "../wire/parameter-errors.ts";
import { sendCode, verifyChallenge } from "./one-time-codes.ts";
import { assertIdentified, changeUser, getUser } from "./users.ts";

/** Throws 404 for an unknown address. */
export function getEmail(user: User, emailId: string): EmailAddress {
  const email = user.emailAddresses.find((candidate) => candidate.id === emailId);
  if (email === undefined) throw identificationNotFound();
  return email;
}

/** Adds an address, unverified by default. Throws `form_identifier_exists`. */
export function addEmail(
  instance: Instance,
  userId: string,
  address: string,
  options: { verified: boolean; primary: boolean } = { verified: false, primary: false },
): EmailAddress {
  const email: EmailAddress = {
    id: newId("idn"),
    emailAddress: normalizeEmail(address),
    verified: options.verified,
    strategy: options.verified ? "admin" : "email_code",
    challenge: null,
    createdAt: instance.clock.now(),
  };
  changeUser(instance, userId, (user) => {
    const isOwn = user.emailAddresses.some((own) => own.emailAddress === email.emailAddress);
    if (isOwn || findUserByEmail(instance.db, email.emailAddress)) throw identifierExists();
    return {
      emailAddresses: [...user.emailAddresses, email],
      ...(options.primary ? { primaryEmailAddressId: email.id } : {}),
    };
  });
  return email;
}

/** Sends a verification code. */
export function prepareEmail(instance: Instance, userId: string, emailId: string): EmailAddress {
  const email = getEmail(getUser(instance, userId), emailId);
  if (email.verified) throw alreadyVerified();
  saveChallenge(instance, userId, emailId, sendCode(instance, email.emailAddress));
  return getEmail(getUser(instance, userId), emailId);
}

/** Verifies the address with the code; the first verified address becomes primary. */
export function attemptEmail(
  instance: Instance,
  userId: string,
  emailId: string,
  code: string,
): EmailAddress {
  const email = getEmail(getUser(instance, userId), emailId);
  if (email.verified) throw alreadyVerified();
  if (findUserByEmail(instance.db, email.emailAddress)) throw identifierExists();
  verifyChallenge(instance, email.challenge, code, (challenge) =>
    saveChallenge(instance, userId, emailId, challenge),
  );
  const changed = changeUser(instance, userId, (user) => ({
    emailAddresses: user.emailAddresses.map((own) =>
      own.id === emailId ? { ...own, verified: true } : own,
    ),
    primaryEmailAddressId: user.primaryEmailAddressId ?? emailId,
  }));
  return getEmail(changed, emailId);
}

/** Throws 422 unless it is a verified address of the user. */
export function primaryEmailChange(user: User, emailId: string): Partial<User> {
  const email = user.emailAddresses.find(({ id }) => id === emailId);
  if (email === undefined) throw parameterNotFound("primary_email_address_id");
  if (!email.verified) throw verificationNeeded("primary_email_address_id");
  return { primaryEmailAddressId: emailId };
}

/**
 * If it was the primary address, the next verified one becomes primary. Throws 400 for the last
 * identifier of a user, and for the last verified one.
 */
export function removeEmail(instance: Instance, userId: string, emailId: string): void {
  changeUser(instance, userId, (user) => {
    const removed = getEmail(user, emailId);
    const emailAddresses = user.emailAddresses.filter((email) => email.id !== emailId);
    assertIdentified(removed, [...emailAddresses, ...user.phoneNumbers]);
    if (user.primaryEmailAddressId !== emailId) return { emailAddresses };
    const next = emailAddresses.find((email) => email.verified)?.id ?? null;
    return { emailAddresses, primaryEmailAddressId: next };
  });
}

/** A pending code does not change the account: no new revision, no webhook. */
function saveChallenge(
  instance: Instance,
  userId: string,
  emailId: string,
  challenge: Challenge,
): void {
  const user = getUser(instance, userId);
  const emailAddresses = user.emailAddresses.map((email) =>
    email.id === emailId ? { ...email, challenge } : email,
  );
  saveUser(instance.db, { ...user, emailAddresses });
}
