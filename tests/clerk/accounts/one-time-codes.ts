import { universalCode } from "../environment.ts";
import type { Instance } from "../instance.ts";
import type { Challenge } from "../state/challenges.ts";
import { sendEmail } from "../state/emails.ts";
import { newCode } from "../state/identifiers.ts";
import {
  alreadyVerified,
  codeIncorrect,
  verificationExpired,
  verificationFailed,
  verificationMissing,
} from "../wire/errors.ts";

const lifetimeMs = 10 * 60 * 1000;
const maxAttempts = 3;

/** Sends a new code to the address and returns its challenge. */
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
 * Checks the code and returns the updated challenge. Calls `save` even if the code is wrong: failed
 * attempts count. Throws Clerk's errors for a wrong, expired or already used code.
 */
export function verifyChallenge(
  instance: Instance,
  challenge: Challenge | null,
  code: string,
  save: (challenge: Challenge) => void,
): Challenge {
  if (challenge === null) throw verificationMissing();
  if (challenge.status === "verified") throw alreadyVerified();
  if (challenge.attempts >= maxAttempts) throw verificationFailed();
  if (challenge.expireAt <= instance.clock.now()) throw verificationExpired();
  const attempts = challenge.attempts + 1;
  if (code !== challenge.code && !isUniversal(instance, code)) {
    save({ ...challenge, attempts });
    throw codeIncorrect();
  }
  const verified: Challenge = { ...challenge, attempts, status: "verified" };
  save(verified);
  return verified;
}

const isUniversal = ({ deployment }: Instance, code: string) =>
  code === universalCode && !deployment.isProduction;
