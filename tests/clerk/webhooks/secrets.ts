import { randomBytes } from "node:crypto";
import type { Settings } from "../state/settings.ts";

type Webhooks = Settings["webhooks"];

/** The active secrets, newest first. */
export function signingSecrets({ secrets, retiringSecrets }: Webhooks, now: number): string[] {
  const retiring = retiringSecrets.filter(({ until }) => until > now);
  return [...new Set([...secrets, ...retiring.map(({ secret }) => secret)])];
}

/**
 * The settings after a rotation like Svix's: the new secret signs first, previous ones keep signing
 * for `graceMs`.
 */
export function rotateSecrets(
  webhooks: Webhooks,
  { secret = newSecret(), graceMs }: { secret?: string | undefined; graceMs: number },
  now: number,
): Pick<Webhooks, "secrets" | "retiringSecrets"> {
  const until = now + graceMs;
  const replaced = webhooks.secrets.map((old) => ({ secret: old, until }));
  const retiringSecrets = [...replaced, ...webhooks.retiringSecrets].filter(
    (old) => old.until > now && old.secret !== secret,
  );
  return { secrets: [secret], retiringSecrets };
}

function newSecret(): string {
  return `whsec_${randomBytes(24).toString("base64")}`;
}
