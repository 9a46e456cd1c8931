import type { Instance } from "../instance.ts";
import type { Challenge } from "../state/challenges.ts";
import { type Reverification, type Session, sessions } from "../state/sessions.ts";
import { hasSecondFactor, type User } from "../state/users.ts";
import { codeIncorrect } from "../wire/errors.ts";
import { passwordIncorrect } from "../wire/password-errors.ts";
import { reverificationMissing, reverificationNotReady } from "../wire/second-factor-errors.ts";
import { sendCode, verifyChallenge } from "./one-time-codes.ts";
import { passwordMatches } from "./passwords.ts";
import { type SecondFactorStrategy, useSecondFactor } from "./second-factors.ts";
import { touchSession } from "./sessions.ts";
import { findVerifiedEmail } from "./sign-in.ts";
import { getUser } from "./users.ts";

/** Asks a signed-in user for a proof. Without a second factor, the first one is enough. */
export function startReverification(
  instance: Instance,
  session: Session,
  requested: Reverification["level"],
): Session {
  const level = hasSecondFactor(getUser(instance, session.userId)) ? requested : "first_factor";
  const status = level === "second_factor" ? "needs_second_factor" : "needs_first_factor";
  const begun = {
    level,
    status,
    challenge: null,
    firstStrategy: null,
    secondStrategy: null,
  } as const;
  return save(instance, session, begun);
}

/** Sends a code to a verified address of the user. */
export function prepareReverification(
  instance: Instance,
  session: Session,
  emailAddressId: string | undefined,
): Session {
  const reverification = pending(session, "first factor");
  const email = findVerifiedEmail(getUser(instance, session.userId), emailAddressId);
  const challenge = sendCode(instance, email.emailAddress);
  return save(instance, session, { ...reverification, challenge });
}

export function reverifyFirstFactor(
  instance: Instance,
  session: Session,
  proof: { strategy: "password"; password: string } | { strategy: "email_code"; code: string },
): Session {
  const reverification = pending(session, "first factor");
  const user = getUser(instance, session.userId);
  const challenge =
    proof.strategy === "password"
      ? checkPassword(user, proof.password)
      : verifyChallenge(instance, reverification.challenge, proof.code, (updated) =>
          save(instance, session, { ...reverification, challenge: updated }),
        );
  const isLast = reverification.level === "first_factor";
  const proven = { ...session, firstFactorAt: instance.clock.now() };
  return save(instance, proven, {
    ...reverification,
    challenge,
    firstStrategy: proof.strategy,
    status: isLast ? "complete" : "needs_second_factor",
  });
}

export function reverifySecondFactor(
  instance: Instance,
  session: Session,
  { strategy, code }: { strategy: SecondFactorStrategy; code: string },
): Session {
  const reverification = pending(session, "second factor");
  const user = getUser(instance, session.userId);
  if (!useSecondFactor(instance, user, strategy, code)) throw codeIncorrect();
  const proven = { ...session, secondFactorAt: instance.clock.now() };
  return save(instance, proven, {
    ...reverification,
    secondStrategy: strategy,
    status: "complete",
  });
}

function checkPassword(user: User, password: string): Challenge | null {
  if (!passwordMatches(user.passwordHash, password)) throw passwordIncorrect();
  return null;
}

function pending({ reverification }: Session, factor: "first factor" | "second factor") {
  if (reverification === null) throw reverificationMissing();
  const needed = factor === "first factor" ? "needs_first_factor" : "needs_second_factor";
  if (reverification.status !== needed) throw reverificationNotReady(factor);
  return reverification;
}

/** A touch, because ClerkJS ignores a session whose `updated_at` did not grow. */
function save(instance: Instance, session: Session, reverification: Reverification): Session {
  return touchSession(instance, sessions.save(instance.db, { ...session, reverification }));
}
