import type { Instance } from "../instance.ts";
import type { SignIn } from "../state/attempts.ts";
import { hasSecondFactor, type User, users } from "../state/users.ts";
import { challengeJson } from "./challenge-json.ts";
import { secondFactorsJson } from "./second-factor-json.ts";
import { userJson } from "./user-json.ts";

export function signInJson(instance: Instance, signIn: SignIn) {
  const user = signIn.userId === null ? undefined : users.find(instance.db, signIn.userId);
  const { challenge, secondChallenge, status } = signIn;
  const needsSecond = status === "needs_client_trust" || status === "needs_second_factor";
  const isNewBrowser = needsSecond && user !== undefined && !hasSecondFactor(user);
  return {
    id: signIn.id,
    object: "sign_in_attempt",
    status,
    supported_identifiers: ["email_address"],
    identifier: signIn.identifier,
    supported_first_factors: user === undefined ? [] : firstFactors(user),
    supported_second_factors: needsSecond && user !== undefined ? secondFactors(user) : [],
    first_factor_verification:
      challenge === null ? null : challengeJson(challenge, instance.clock.now()),
    second_factor_verification:
      secondChallenge === null ? null : challengeJson(secondChallenge, instance.clock.now()),
    ...(isNewBrowser && { client_trust_state: "new" }),
    user_data: user === undefined ? null : userData(user),
    created_session_id: signIn.createdSessionId,
    abandon_at: signIn.abandonAt,
  };
}

/** The password, if set, and a code to each verified address. */
export function firstFactors(user: User) {
  return [
    ...(user.passwordHash === null ? [] : [{ strategy: "password" }]),
    ...codeFactors(user, "email_code"),
    ...codeFactors(user, "reset_password_email_code"),
  ];
}

/** Device Trust asks users without a second factor of their own for a code. */
function secondFactors(user: User) {
  return hasSecondFactor(user) ? secondFactorsJson(user) : codeFactors(user, "email_code");
}

function codeFactors(user: User, strategy: string) {
  const verified = user.emailAddresses.filter((email) => email.verified);
  const primaryFirst = verified.toSorted((a, b) => rank(user, a.id) - rank(user, b.id));
  return primaryFirst.map((email) => ({
    strategy,
    email_address_id: email.id,
    safe_identifier: email.emailAddress,
    primary: email.id === user.primaryEmailAddressId,
  }));
}

function rank(user: User, emailId: string): number {
  return emailId === user.primaryEmailAddressId ? 0 : 1;
}

function userData(user: User) {
  const { first_name, last_name, image_url, has_image } = userJson(user);
  return { first_name, last_name, image_url, has_image };
}
