import type { Instance } from "../instance.ts";
import { type SignUp, signUps } from "../state/attempts.ts";
import { type Client, clients } from "../state/clients.ts";
import { newId } from "../state/identifiers.ts";
import type { Activity } from "../state/sessions.ts";
import { findUserByEmail, type Metadata, normalizeEmail } from "../state/users.ts";
import {
  identifierExists,
  resourceNotFound,
  signUpComplete,
  strategyInvalid,
} from "../wire/errors.ts";
import { invitationAccountExists } from "../wire/invitation-errors.ts";
import { acceptInvitation, findUsableInvitation } from "./invitations.ts";
import { sendCode, verifyChallenge } from "./one-time-codes.ts";
import { hashPassword } from "./passwords.ts";
import { assertSignedOut, startSession } from "./sessions.ts";
import { missingFields, unverifiedFields } from "./sign-up-fields.ts";
import { createUser } from "./users.ts";

const abandonedAfterMs = 24 * 60 * 60 * 1000;

export type SignUpInput = {
  emailAddress?: string | undefined;
  password?: string | undefined;
  firstName?: string | undefined;
  lastName?: string | undefined;
  locale?: string | undefined;
  unsafeMetadata?: Metadata | undefined;
  legalAccepted: boolean;
  /** Of an invitation. */
  ticket?: string | undefined;
};

/** Completes immediately if no field is missing or unverified. */
export function startSignUp(
  instance: Instance,
  client: Client,
  input: SignUpInput,
  activity: Activity,
): SignUp {
  assertSignedOut(instance, client);
  const signUp = applyInput(instance, emptySignUp(instance), input);
  return instance.db.transaction(() => {
    const latest = clients.find(instance.db, client.id) ?? client;
    clients.save(instance.db, { ...latest, signUpId: signUp.id });
    return completeIfReady(instance, client, signUps.save(instance.db, signUp), activity);
  });
}

export function updateSignUp(
  instance: Instance,
  client: Client,
  signUp: SignUp,
  input: SignUpInput,
  activity: Activity,
): SignUp {
  if (signUp.createdUserId !== null) throw signUpComplete();
  const updated = signUps.save(instance.db, applyInput(instance, signUp, input));
  return completeIfReady(instance, client, updated, activity);
}

/** Sends a verification code. */
export function prepareSignUp(instance: Instance, signUp: SignUp): SignUp {
  if (signUp.emailAddress === null) throw strategyInvalid();
  return signUps.save(instance.db, {
    ...signUp,
    challenge: sendCode(instance, signUp.emailAddress),
  });
}

export function attemptSignUp(
  instance: Instance,
  client: Client,
  signUp: SignUp,
  code: string,
  activity: Activity,
): SignUp {
  const challenge = verifyChallenge(instance, signUp.challenge, code, (updated) =>
    signUps.save(instance.db, { ...signUp, challenge: updated }),
  );
  return completeIfReady(instance, client, { ...signUp, challenge }, activity);
}

/** Throws 404 unless the sign-up belongs to this browser. */
export function getSignUp(instance: Instance, client: Client, id: string): SignUp {
  const signUp = client.signUpId === id ? signUps.find(instance.db, id) : undefined;
  if (signUp === undefined) throw resourceNotFound("sign up", id);
  return signUp;
}

function applyInput(instance: Instance, signUp: SignUp, input: SignUpInput): SignUp {
  const invitation =
    input.ticket === undefined ? undefined : findUsableInvitation(instance, input.ticket);
  const given = invitation?.emailAddress ?? input.emailAddress;
  const emailAddress = given === undefined ? signUp.emailAddress : normalizeEmail(given);
  if (emailAddress !== null && findUserByEmail(instance.db, emailAddress)) {
    throw invitation === undefined ? identifierExists() : invitationAccountExists();
  }
  const isSameAddress = emailAddress === signUp.emailAddress;
  return {
    ...signUp,
    emailAddress,
    challenge: isSameAddress ? signUp.challenge : null,
    invitationId: invitation?.id ?? (isSameAddress ? signUp.invitationId : null),
    legalAcceptedAt: input.legalAccepted ? instance.clock.now() : signUp.legalAcceptedAt,
    firstName: input.firstName ?? signUp.firstName,
    lastName: input.lastName ?? signUp.lastName,
    locale: input.locale ?? signUp.locale,
    unsafeMetadata: input.unsafeMetadata ?? signUp.unsafeMetadata,
    passwordHash:
      input.password === undefined
        ? signUp.passwordHash
        : hashPassword(input.password, emailAddress === null ? [] : [emailAddress]),
  };
}

function completeIfReady(
  instance: Instance,
  client: Client,
  signUp: SignUp,
  activity: Activity,
): SignUp {
  const { emailAddress, invitationId } = signUp;
  const remaining = missingFields(signUp).length + unverifiedFields(instance, signUp).length;
  if (remaining > 0 || emailAddress === null || signUp.createdUserId !== null) return signUp;
  return instance.db.transaction(() => {
    const invitation = invitationId === null ? undefined : acceptInvitation(instance, invitationId);
    const user = createUser(instance, {
      emailAddresses: [emailAddress],
      verifiedBy: invitation === undefined ? "email_code" : "ticket",
      publicMetadata: invitation?.publicMetadata ?? {},
      legalAcceptedAt: signUp.legalAcceptedAt,
      firstName: signUp.firstName || null,
      lastName: signUp.lastName || null,
      locale: signUp.locale,
      passwordHash: signUp.passwordHash,
      unsafeMetadata: signUp.unsafeMetadata,
      lastSignInAt: instance.clock.now(),
    });
    const session = startSession(instance, client.id, user.id, activity);
    return signUps.save(instance.db, {
      ...signUp,
      createdUserId: user.id,
      createdSessionId: session.id,
    });
  });
}

function emptySignUp(instance: Instance): SignUp {
  return {
    id: newId("sua"),
    emailAddress: null,
    firstName: null,
    lastName: null,
    locale: null,
    passwordHash: null,
    unsafeMetadata: {},
    invitationId: null,
    legalAcceptedAt: null,
    challenge: null,
    createdSessionId: null,
    createdUserId: null,
    abandonAt: instance.clock.now() + abandonedAfterMs,
  };
}
