import type { Challenge } from "../state/challenges.ts";

export function challengeJson(challenge: Challenge, now: number) {
  const expired = challenge.status === "unverified" && challenge.expireAt <= now;
  return {
    object: "verification_otp",
    status: expired ? "expired" : challenge.status,
    strategy: challenge.strategy,
    attempts: challenge.attempts,
    expire_at: challenge.expireAt,
  };
}
