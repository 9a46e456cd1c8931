import type { AppLoadContext } from "@remix-run/cloudflare";
import { errorStatus, rejectionReason } from "~/errors";
import { errorFields } from "~/log/log.server";

/** Logs `request.rejected` if the client is at fault, else `request.failed`. */
export function logRequestError(
  { log, user, session }: Pick<AppLoadContext, "log" | "user" | "session">,
  error: unknown,
): void {
  const status = errorStatus(error);
  const reason = rejectionReason(error);
  const userId = user?.id ?? session?.claims.dbId ?? undefined;
  if (reason) log("request.rejected", { status, reason, userId });
  else log("request.failed", { status, userId, ...errorFields(error) });
}
