import type { Instance } from "../instance.ts";
import type { Challenge } from "../state/challenges.ts";
import { sendEmail } from "../state/emails.ts";
import { newCode } from "../state/identifiers.ts";
import {
  alreadyVerified,
  codeIncorrect,
  verificationExpired,
  verificationFailed,
} from "../wire/errors.ts";

/** Answers every challenge, as it does for test addresses at Clerk. */
export const universalCode = "424242";

const lifetimeMs = 10 * 60 * 1000;
const maxAttempts = 3;

/** Sends a new code to the address and returns the challenge it answers. */
export function sendCode(
  instance: Instance,
  to: string,
  strategy: Challenge["strategy"] = "email_code",
): Challenge {
  const code = newCode();
  const purpose = strategy === "email_code" ? "verification code" : "reset password code";
  sendEmail(instance.db, instance.clock, { to, subject: `${code} is your ${purpose}`, code });
  const expireAt = instance.clock.now() + lifetimeMs;
  return { strategy, code, status: "unverified", attempts: 0, expireAt };
}

/**
 * The challenge after `code` was given. `keep` stores it also when the code is wrong,
 * for wrong answers count. Throws Clerk's errors for a wrong, late or repeated answer.
 */
export function verifyChallenge(
  instance: Instance,
  challenge: Challenge | null,
  code: string,
  keep: (challenge: Challenge) => void,
): Challenge {
  if (challenge === null) throw codeIncorrect();
  if (challenge.status === "verified") throw alreadyVerified();
  if (challenge.attempts >= maxAttempts) throw verificationFailed();
  if (challenge.expireAt <= instance.clock.now()) throw verificationExpired();
  const attempts = challenge.attempts + 1;
  if (code !== challenge.code && code !== universalCode) {
    keep({ ...challenge, attempts });
    throw codeIncorrect();
  }
  const answered: Challenge = { ...challenge, attempts, status: "verified" };
  keep(answered);
  return answered;
}
