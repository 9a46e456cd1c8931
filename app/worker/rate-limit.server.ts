import type { AppLoadContext } from "@remix-run/cloudflare";
import { TooManyRequestsError } from "~/errors";
import { errorFields } from "~/log/log.server";

/** A failing limiter rejects no one. @throws {TooManyRequestsError} */
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
  if (!success) throw new TooManyRequestsError("Too many requests from one user");
}
