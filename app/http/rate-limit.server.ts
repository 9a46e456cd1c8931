import { TooManyRequestsError } from "~/errors";
import { errorFields, type Log } from "~/log/log.server";

/** The limits are in `wrangler.toml`. */
const limiters = {
  "admin-write": "FREQUENT_ACTION_LIMITER",
  cancellation: "ACTION_LIMITER",
  completion: "FREQUENT_ACTION_LIMITER",
  enrollment: "ACTION_LIMITER",
  export: "ACTION_LIMITER",
  order: "ACTION_LIMITER",
  preview: "FREQUENT_ACTION_LIMITER",
  "user-sync": "SYNC_LIMITER",
} as const satisfies Record<string, keyof Env>;
export type LimitedAction = keyof typeof limiters;

interface RateLimitContext {
  cloudflare: { env: Pick<Env, (typeof limiters)[LimitedAction]> };
  log: Log;
  session: { clerkUserId: string } | null;
}

/**
 * Counts an action per user and kind. A failing limiter rejects no one. With the submitted fields,
 * the page is shown again with them.
 * @throws {TooManyRequestsError}
 */
export async function enforceRateLimit(
  { cloudflare, log, session }: RateLimitContext,
  action: LimitedAction,
  submitted?: FormData,
): Promise<void> {
  if (!session) return;
  const limiter = cloudflare.env[limiters[action]];
  const { success } = await limiter
    .limit({ key: `${action}:${session.clerkUserId}` })
    .catch((error: unknown) => {
      log("rate_limit.failed", errorFields(error));
      return { success: true };
    });
  if (success) return;
  throw new TooManyRequestsError(`Too many requests from one user: ${action}`, submitted);
}
