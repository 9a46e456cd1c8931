/**
 * The fixed keys of the local Stripe and the environment variables for an app that uses it.
 *
 * The keys are constants on purpose: they protect nothing and are recognizable as local.
 */
export const localStripeKeys = {
  secretKey: "sk_test_local_stripe_not_a_secret",
  /** Has only the permissions that the app needs. */
  restrictedKey: "rk_test_local_stripe_not_a_secret",
  publishableKey: "pk_test_local_stripe",
  webhookSecret: "whsec_localStripeWebhookSecretNotASecret",
} as const;

/** Keys for live mode, which has its own objects. */
export const localStripeLiveKeys = {
  secretKey: "sk_live_local_stripe_not_a_secret",
  restrictedKey: "rk_live_local_stripe_not_a_secret",
} as const;

/** All environment variables that an app needs to use the local Stripe at this origin. */
export function localStripeEnvironment(stripeOrigin: string): Record<string, string> {
  return {
    STRIPE_SECRET_KEY: localStripeKeys.secretKey,
    STRIPE_WEBHOOK_SECRET: localStripeKeys.webhookSecret,
    STRIPE_API_URL: stripeOrigin,
  };
}
