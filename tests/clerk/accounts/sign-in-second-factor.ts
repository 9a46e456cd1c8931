import type { Instance } from "../instance.ts";
import { type SignIn, signIns } from "../state/attempts.ts";
import type { Client } from "../state/clients.ts";
import type { Activity } from "../state/sessions.ts";
import { hasSecondFactor } from "../state/users.ts";
import { codeIncorrect, strategyInvalid } from "../wire/errors.ts";
import { sendCode, verifyChallenge } from "./one-time-codes.ts";
import { type SecondFactorStrategy, useSecondFactor } from "./second-factors.ts";
import { complete, findVerifiedEmail, userOf } from "./sign-in.ts";

/** Sends the code that Device Trust asks for. Other second factors need no preparation. */
export function prepareSecondFactor(
  instance: Instance,
  signIn: SignIn,
  emailAddressId: string | undefined,
): SignIn {
  const user = userOf(instance, signIn);
  if (!needsSecondFactor(signIn) || hasSecondFactor(user)) throw strategyInvalid();
  const email = findVerifiedEmail(user, emailAddressId);
  const secondChallenge = sendCode(instance, email.emailAddress, "email_code");
  return signIns.save(instance.db, { ...signIn, secondChallenge });
}

/** Signs in with a code of the user's authenticator app, a backup code, or that of Device Trust. */
export function attemptSecondFactor(
  instance: Instance,
  client: Client,
  signIn: SignIn,
  attempt: { strategy: "email_code" | SecondFactorStrategy; code: string },
  activity: Activity,
): SignIn {
  const user = userOf(instance, signIn);
  const { strategy, code } = attempt;
  if (!needsSecondFactor(signIn) || hasSecondFactor(user) !== (strategy !== "email_code")) {
    throw strategyInvalid();
  }
  const lastStrategy = signIn.challenge === null ? "password" : "email_code";
  if (strategy !== "email_code") {
    if (!useSecondFactor(instance, user, strategy, code)) throw codeIncorrect();
    const secondFactorAt = instance.clock.now();
    return complete(instance, client, signIn, { lastStrategy, activity, secondFactorAt });
  }
  const secondChallenge = verifyChallenge(instance, signIn.secondChallenge, code, (updated) =>
    signIns.save(instance.db, { ...signIn, secondChallenge: updated }),
  );
  return complete(instance, client, { ...signIn, secondChallenge }, { lastStrategy, activity });
}

const needsSecondFactor = ({ status }: SignIn) =>
  status === "needs_client_trust" || status === "needs_second_factor";
