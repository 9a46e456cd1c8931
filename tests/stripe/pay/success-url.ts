import type { Session } from "../state/sessions.ts";

/** Where the payer goes after paying. */
export function successUrl({ successUrl, id }: Session): string {
  return successUrl.replaceAll("{CHECKOUT_SESSION_ID}", id);
}
