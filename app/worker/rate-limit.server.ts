import type { AppLoadContext } from "@remix-run/cloudflare";
import { TooManyRequestsError } from "~/errors";
import { errorFields } from "~/log/log.server";

/**
 * Counts a request of one person against the limit in `wrangler.toml`, which is far above what any browser does by itself.
 * Counted by Cloudflare where the request arrives, at the cost of neither KV nor D1; a limiter that fails refuses nobody.
 * https://developers.cloudflare.com/workers/runtime-apis/bindings/rate-limit/
 * @throws {TooManyRequestsError} over the limit.
 */
export async function enforceRateLimit(
  { cloudflare, log }: Pick<AppLoadContext, "cloudflare" | "log">,
  clerkUserId: string,
): Promise<void> {
  const { success } = await cloudflare.env.SYNC_LIMITER.limit({ key: clerkUserId }).catch(
    (error: unknown) => {
      log("rate_limit.failed", errorFields(error));
      return { success: true };
    },
  );
  if (!success) throw new TooManyRequestsError("Too many requests of one person");
}
