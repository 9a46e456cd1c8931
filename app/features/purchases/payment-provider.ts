import type { Environment } from "~/env.server";

/** By card on Stripe's page, or outside the site: an admin then records the payment. */
export const paymentProviders = ["stripe", "pay-later"] as const;
export type PaymentProvider = (typeof paymentProviders)[number];

type Settings = Pick<Environment, "STRIPE_SECRET_KEY" | "PAYMENT_INSTRUCTIONS">;

/** The ways to pay; with Stripe's keys, paying later needs instructions. */
export function offeredProviders(settings: Settings): PaymentProvider[] {
  if (settings.STRIPE_SECRET_KEY === undefined) return ["pay-later"];
  return settings.PAYMENT_INSTRUCTIONS === undefined ? ["stripe"] : ["stripe", "pay-later"];
}
