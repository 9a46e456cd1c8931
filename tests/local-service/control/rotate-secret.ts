import type { z } from "zod";
import type { LocalService } from "../service.ts";
import { rotateSecrets, signingSecrets } from "../webhooks/secrets.ts";
import type { rotationResponseSchema, rotationSchema } from "./protocol.ts";

/** Replaces the webhook secrets; previous ones keep signing for the grace period. */
export function rotateWebhookSecret(
  service: LocalService,
  { secret, graceMs }: z.output<ReturnType<typeof rotationSchema>>,
): z.output<typeof rotationResponseSchema> {
  const now = service.clock.now();
  const rotation = { secret: secret ?? service.secretFormat.create(), graceMs };
  const change = rotateSecrets(service.settings().webhooks, rotation, now);
  const signing = signingSecrets(service.changeSettings({ webhooks: change }).webhooks, now);
  return { secret: signing[0] ?? "", signing };
}
