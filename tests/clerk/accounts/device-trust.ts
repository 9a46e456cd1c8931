import type { Instance } from "../instance.ts";
import { type SignIn, signIns } from "../state/attempts.ts";
import type { Client } from "../state/clients.ts";
import type { Activity } from "../state/sessions.ts";
import { strategyInvalid } from "../wire/errors.ts";
import { sendCode, verifyChallenge } from "./one-time-codes.ts";
import { complete, findVerifiedEmail, userOf } from "./sign-in.ts";

/** Sends the code that Device Trust asks for. */
export function prepareSecondFactor(
  instance: Instance,
  signIn: SignIn,
  emailAddressId: string | undefined,
): SignIn {
  if (!needsSecondFactor(signIn)) throw strategyInvalid();
  const email = findVerifiedEmail(userOf(instance, signIn), emailAddressId);
  const secondChallenge = sendCode(instance, email.emailAddress, "email_code");
  return signIns.save(instance.db, { ...signIn, secondChallenge });
}

export function attemptSecondFactor(
  instance: Instance,
  client: Client,
  signIn: SignIn,
  code: string,
  activity: Activity,
): SignIn {
  if (!needsSecondFactor(signIn)) throw strategyInvalid();
  const secondChallenge = verifyChallenge(instance, signIn.secondChallenge, code, (updated) =>
    signIns.save(instance.db, { ...signIn, secondChallenge: updated }),
  );
  const verified = { ...signIn, secondChallenge };
  return complete(instance, client, verified, userOf(instance, signIn), "password", activity);
}

const needsSecondFactor = ({ status }: SignIn) =>
  status === "needs_client_trust" || status === "needs_second_factor";
