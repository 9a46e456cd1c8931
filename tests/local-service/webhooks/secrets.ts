import type { WebhookSettings } from "./settings.ts";

/** The active secrets, newest first. */
export function signingSecrets(
  { secrets, retiringSecrets }: WebhookSettings,
  now: number,
): string[] {
  const retiring = retiringSecrets.filter(({ until }) => until > now);
  return [...new Set([...secrets, ...retiring.map(({ secret }) => secret)])];
}

/** The settings after a rotation: the new secret signs first, previous ones sign for `graceMs`. */
export function rotateSecrets(
  webhooks: WebhookSettings,
  { secret, graceMs }: { secret: string; graceMs: number },
  now: number,
): Pick<WebhookSettings, "secrets" | "retiringSecrets"> {
  const until = now + graceMs;
  const replaced = webhooks.secrets.map((old) => ({ secret: old, until }));
  const retiringSecrets = [...replaced, ...webhooks.retiringSecrets].filter(
    (old) => old.until > now && old.secret !== secret,
  );
  return { secrets: [secret], retiringSecrets };
}
