/**
 * Permissions of restricted keys, by Stripe's names. Write includes read; charges include refunds.
 */
export const permissionNames = [
  "checkout_session_read",
  "checkout_session_write",
  "payment_intent_read",
  "payment_intent_write",
  "charge_read",
  "charge_write",
  "dispute_read",
  "dispute_write",
  "event_read",
] as const;

export type Permission = (typeof permissionNames)[number];

export function allows(granted: readonly string[], required: Permission): boolean {
  return granted.includes(required) || granted.includes(required.replace(/_read$/, "_write"));
}
