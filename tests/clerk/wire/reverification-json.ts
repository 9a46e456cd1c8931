import type { Instance } from "../instance.ts";
import type { Reverification, Session } from "../state/sessions.ts";
import { users } from "../state/users.ts";
import { challengeJson } from "./challenge-json.ts";
import { secondFactorsJson } from "./second-factor-json.ts";
import { frontendSessionJson } from "./session-json.ts";
import { firstFactors } from "./sign-in-json.ts";

export function reverificationJson(
  instance: Instance,
  session: Session,
  reverification: Reverification,
  authorizedParty: string | undefined,
) {
  const user = users.find(instance.db, session.userId);
  return {
    object: "session_reverification",
    level: reverification.level,
    status: reverification.status,
    supported_first_factors: user === undefined ? [] : firstFactors(user).filter(isReverification),
    supported_second_factors: user === undefined ? [] : secondFactorsJson(user),
    first_factor_verification: firstVerification(instance, reverification),
    second_factor_verification: secondVerification(reverification),
    session: frontendSessionJson(instance, session, authorizedParty),
  };
}

/** Nobody who is signed in resets a password. */
const isReverification = ({ strategy }: { strategy: string }) => !strategy.startsWith("reset_");

function firstVerification(instance: Instance, { challenge, firstStrategy }: Reverification) {
  if (challenge !== null) return challengeJson(challenge, instance.clock.now());
  return firstStrategy === null ? null : verified(firstStrategy);
}

const secondVerification = ({ secondStrategy }: Reverification) =>
  secondStrategy === null ? null : verified(secondStrategy);

const verified = (strategy: string) => ({
  status: "verified",
  strategy,
  attempts: null,
  expire_at: null,
});
