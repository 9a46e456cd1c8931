import { z } from "zod";

/** How a service writes and creates its signing secrets. */
export type SecretFormat = { schema: z.ZodType<string>; create(): string };

/** The settings of webhooks that every local service has. */
export const webhookSettingsShape = (secret: z.ZodType<string>) => ({
  url: z.url({ protocol: /^https?$/ }),
  /** Each of them signs, as during a rotation. */
  secrets: z.array(secret).min(1),
  /** Previous secrets, which keep signing until `until` (ms on the service's clock). */
  retiringSecrets: z.array(z.object({ secret, until: z.number() })),
  /** While true, messages are queued but not sent. */
  held: z.boolean(),
  /** Factor on the retry delays. */
  retryDelayScale: z.number().min(0).max(1),
});

export type WebhookSettings = {
  url: string;
  secrets: string[];
  retiringSecrets: { secret: string; until: number }[];
  held: boolean;
  retryDelayScale: number;
};
