import { Notice } from "./notice";

export const rateLimitMessage =
  "Not saved: that was too many requests in a short time. Wait a minute, then try again.";

/** After an action that returned `RateLimited`. */
export function RateLimitNotice() {
  return <Notice tone="danger">{rateLimitMessage} Anything you typed is kept.</Notice>;
}
