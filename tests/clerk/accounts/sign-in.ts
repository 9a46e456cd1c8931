import type { Instance } from "../instance.ts";
import { type SignIn, signIns } from "../state/attempts.ts";
import { type Client, clients } from "../state/clients.ts";
import { newId } from "../state/identifiers.ts";
import { type Activity, type Actor, sessions } from "../state/sessions.ts";
import { findUserByEmail, hasSecondFactor, identifiersOf, type User } from "../state/users.ts";
import {
  identifierNotFound,
  resourceNotFound,
  strategyInvalid,
  userBanned,
  userLocked,
  verificationStrategyInvalid,
} from "../wire/errors.ts";
import { passwordIncorrect } from "../wire/password-errors.ts";
import { sendCode, verifyChallenge } from "./one-time-codes.ts";
import { hashPassword, passwordMatches } from "./passwords.ts";
import { assertSignedOut, endSessionsOfUser, startSession } from "./sessions.ts";
import { redeemTicket } from "./tickets.ts";
import { changeUser, getUser } from "./users.ts";

type CodeStrategy = "email_code" | "reset_password_email_code";

const abandonedAfterMs = 24 * 60 * 60 * 1000;

/** `identifier` is an email address. Throws `form_identifier_not_found`. */
export function startSignIn(instance: Instance, client: Client, identifier?: string): SignIn {
  assertSignedOut(instance, client);
  const user = identifier === undefined ? undefined : findUserByEmail(instance.db, identifier);
  if (identifier !== undefined && user === undefined) throw identifierNotFound();
  return saveSignIn(instance, client, {
    id: newId("sia"),
    identifier: identifier ?? null,
    userId: user?.id ?? null,
    status: user === undefined ? "needs_identifier" : "needs_first_factor",
    challenge: null,
    secondChallenge: null,
    createdSessionId: null,
    abandonAt: instance.clock.now() + abandonedAfterMs,
  });
}

/** Sends a code to a verified address of the user. */
export function prepareFirstFactor(
  instance: Instance,
  signIn: SignIn,
  strategy: CodeStrategy,
  emailAddressId: string | undefined,
): SignIn {
  const email = findVerifiedEmail(userOf(instance, signIn), emailAddressId);
  const challenge = sendCode(instance, email.emailAddress, strategy);
  return signIns.save(instance.db, { ...signIn, status: "needs_first_factor", challenge });
}

/** By default the primary address. */
export function findVerifiedEmail(user: User, emailAddressId: string | undefined) {
  const emailId = emailAddressId ?? user.primaryEmailAddressId;
  const email = user.emailAddresses.find(({ id, verified }) => verified && id === emailId);
  if (email === undefined) throw strategyInvalid();
  return email;
}

/** Throws `form_password_incorrect`. A new browser may have to prove itself, too. */
export function attemptPassword(
  instance: Instance,
  client: Client,
  signIn: SignIn,
  password: string,
  activity: Activity,
): SignIn {
  const user = userOf(instance, signIn);
  if (!passwordMatches(user.passwordHash, password)) throw passwordIncorrect();
  const { deviceTrust } = instance.settings().signIn;
  const isTrusted = user.bypassClientTrust || isKnownBrowser(instance, client, user);
  if (deviceTrust !== "off" && !isTrusted && !hasSecondFactor(user)) {
    return signIns.save(instance.db, { ...signIn, status: deviceTrust });
  }
  return completeFirstFactor(instance, client, signIn, { lastStrategy: "password", activity });
}

/** Signs in, unless the user has a second factor. */
function completeFirstFactor(
  instance: Instance,
  client: Client,
  signIn: SignIn,
  completion: Completion,
): SignIn {
  if (!hasSecondFactor(userOf(instance, signIn))) {
    return complete(instance, client, signIn, completion);
  }
  return signIns.save(instance.db, { ...signIn, status: "needs_second_factor" });
}

/** Whether the user has had a session on this browser before. */
function isKnownBrowser({ db }: Instance, client: Client, user: User): boolean {
  return sessions
    .select(db, "WHERE client_id = ? ORDER BY created_at", client.id)
    .some(({ userId }) => userId === user.id);
}

/** Signs in with the code, or requires a new password if the code was for a password reset. */
export function attemptCode(
  instance: Instance,
  client: Client,
  signIn: SignIn,
  { strategy, code }: { strategy: CodeStrategy; code: string },
  activity: Activity,
): SignIn {
  const isPrepared = signIn.challenge === null || signIn.challenge.strategy === strategy;
  if (!isPrepared) throw verificationStrategyInvalid();
  const challenge = verifyChallenge(instance, signIn.challenge, code, (updated) =>
    signIns.save(instance.db, { ...signIn, challenge: updated }),
  );
  const verified = { ...signIn, challenge };
  if (challenge.strategy === "reset_password_email_code") {
    return signIns.save(instance.db, { ...verified, status: "needs_new_password" });
  }
  return completeFirstFactor(instance, client, verified, {
    lastStrategy: "email_code",
    activity,
  });
}

export function resetPassword(
  instance: Instance,
  client: Client,
  signIn: SignIn,
  input: { password: string; signOutOfOtherSessions: boolean },
  activity: Activity,
): SignIn {
  if (signIn.status !== "needs_new_password") throw strategyInvalid();
  const user = userOf(instance, signIn);
  const passwordHash = hashPassword(input.password, identifiersOf(user));
  return instance.db.transaction(() => {
    const passwordUpdatedAt = instance.clock.now();
    changeUser(instance, user.id, () => ({ passwordHash, passwordUpdatedAt }));
    if (input.signOutOfOtherSessions) endSessionsOfUser(instance, user.id, "revoked");
    return completeFirstFactor(instance, client, signIn, { lastStrategy: "password", activity });
  });
}

/** Signs in with a sign-in token or an actor token of the Backend API. */
export function signInWithTicket(
  instance: Instance,
  client: Client,
  token: string,
  activity: Activity,
): SignIn {
  assertSignedOut(instance, client);
  const ticket = redeemTicket(instance, token);
  const started = startSignIn(instance, client);
  const { userId, actor, sessionSeconds } = ticket;
  const lifetimeMs = (sessionSeconds ?? 0) * 1000;
  const impersonation = actor === null ? null : { actor, lifetimeMs };
  const signIn = { ...started, userId };
  return complete(instance, client, signIn, { lastStrategy: null, activity, impersonation });
}

/** Throws 404 unless the sign-in belongs to this browser. */
export function getSignIn(instance: Instance, client: Client, id: string): SignIn {
  const signIn = client.signInId === id ? signIns.find(instance.db, id) : undefined;
  if (signIn === undefined) throw resourceNotFound("sign in", id);
  return signIn;
}

export function userOf(instance: Instance, signIn: SignIn): User {
  if (signIn.userId === null) throw identifierNotFound();
  return getUser(instance, signIn.userId);
}

function saveSignIn(instance: Instance, client: Client, signIn: SignIn): SignIn {
  const latest = clients.find(instance.db, client.id) ?? client;
  clients.save(instance.db, { ...latest, signInId: signIn.id });
  return signIns.save(instance.db, signIn);
}

interface Completion {
  lastStrategy: Client["lastStrategy"];
  activity: Activity;
  impersonation?: { actor: Actor; lifetimeMs: number } | null;
  secondFactorAt?: number;
}

export function complete(
  instance: Instance,
  client: Client,
  signIn: SignIn,
  { lastStrategy, activity, ...options }: Completion,
): SignIn {
  const user = userOf(instance, signIn);
  if (user.banned) throw userBanned();
  if (user.locked) throw userLocked();
  assertSignedOut(instance, client);
  return instance.db.transaction(() => {
    const now = instance.clock.now();
    changeUser(instance, user.id, () => ({ lastSignInAt: now, lastActiveAt: now }));
    const session = startSession(instance, client.id, user.id, activity, options);
    const latest = clients.find(instance.db, client.id) ?? client;
    clients.save(instance.db, { ...latest, lastStrategy });
    const createdSessionId = session.id;
    return signIns.save(instance.db, { ...signIn, status: "complete", createdSessionId });
  });
}
