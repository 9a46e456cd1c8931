import { z } from "zod";
import { flag, int, record, text, time } from "./parts.ts";

/** `Client.Environment` in Clerk's document of the Frontend API (see `frontend-schemas.ts`). */

const every = (type: z.ZodType, ...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, type]));
const enabled = z.strictObject({ enabled: flag });
const requirement = z.enum(["on", "off", "required"]);
const list = z.array(text);

const authConfig = z.strictObject({
  object: z.literal("auth_config"),
  id: text,
  ...every(requirement, "first_name", "last_name", "email_address", "phone_number"),
  ...every(requirement, "username", "password"),
  identification_requirements: z.array(list),
  ...every(list, "identification_strategies", "first_factors", "second_factors"),
  email_address_verification_strategies: list,
  ...every(flag, "single_session_mode", "enhanced_email_deliverability", "test_mode"),
  ...every(flag, "url_based_session_syncing", "reverification"),
  cookieless_dev: flag.optional(),
  claimed_at: time.nullable(),
  native_settings: z.strictObject({
    object: z.literal("native_settings"),
    api_enabled: flag,
    trusted_device_sign_in_enabled: flag,
    trusted_device_enrollment_prompt_after_sign_in_enabled: flag,
    trusted_device_enrollment_prompt_after_sign_up_enabled: flag,
  }),
});

const displayConfig = z.strictObject({
  object: z.literal("display_config"),
  id: text,
  instance_environment_type: z.enum(["production", "development", "staging"]),
  application_name: text,
  theme: record,
  preferred_sign_in_strategy: z.enum(["password", "otp"]),
  ...every(text, "home_url", "sign_in_url", "sign_up_url", "user_profile_url", "waitlist_url"),
  ...every(text, "oauth_consent_url", "after_sign_in_url", "after_sign_up_url"),
  ...every(text, "after_sign_out_one_url", "after_sign_out_all_url", "after_switch_session_url"),
  ...every(text, "after_join_waitlist_url", "organization_profile_url"),
  ...every(text, "create_organization_url", "after_leave_organization_url"),
  ...every(text, "after_create_organization_url", "logo_link_url"),
  ...every(flag, "branded", "experimental_force_oauth_first", "show_devmode_warning"),
  ...every(text.nullable(), "support_email", "clerk_js_version", "google_one_tap_client_id"),
  ...every(text.nullable(), "help_url", "privacy_policy_url", "terms_url", "logo_url"),
  ...every(text.nullable(), "favicon_url", "captcha_public_key", "captcha_public_key_invisible"),
  ...every(text.nullable().optional(), "logo_image_url", "favicon_image_url"),
  ...every(record.nullable(), "logo_image", "favicon_image"),
  captcha_widget_type: z.enum(["smart", "invisible"]).nullable(),
  captcha_provider: z.literal("turnstile").nullable(),
  captcha_oauth_bypass: list,
  captcha_heartbeat: flag.nullable().optional(),
});

const attribute = z.strictObject({
  ...every(flag, "enabled", "required", "used_for_first_factor", "used_for_second_factor"),
  ...every(flag, "verify_at_sign_up", "immutable"),
  ...every(list, "first_factors", "second_factors", "verifications"),
});

const userSettings = z.strictObject({
  attributes: z.strictObject({
    ...every(attribute, "email_address", "phone_number", "username", "web3_wallet", "first_name"),
    ...every(attribute, "last_name", "password", "authenticator_app", "ticket", "backup_code"),
    passkey: attribute,
  }),
  social: z.strictObject({}),
  saml: enabled,
  enterprise_sso: enabled,
  sign_in: z.strictObject({ second_factor: z.strictObject({ required: flag }) }),
  sign_up: z.strictObject({
    ...every(flag, "captcha_enabled", "custom_action_required", "progressive"),
    captcha_widget_type: z.enum(["smart", "invisible"]),
    mode: z.enum(["public", "restricted", "waitlist"]),
    legal_consent_enabled: flag,
  }),
  restrictions: z.strictObject({
    ...every(enabled, "allowlist", "blocklist", "allowlist_blocklist_disabled_on_sign_in"),
    ...every(enabled, "block_email_subaddresses", "block_disposable_email_domains"),
  }),
  password_settings: z.strictObject({
    ...every(flag, "disable_hibp", "disable_password_reverification", "require_special_char"),
    ...every(flag, "require_numbers", "require_uppercase", "require_lowercase", "show_zxcvbn"),
    ...every(int, "min_length", "max_length"),
    min_zxcvbn_strength: int.min(0).max(4),
    enforce_hibp_on_sign_in: flag,
    allowed_special_characters: text,
  }),
  username_settings: z.strictObject({
    ...every(int.nullable(), "min_length", "max_length"),
    ...every(flag, "allow_extended_special_characters", "allow_numeric_usernames"),
  }),
  actions: z.strictObject({
    ...every(flag, "delete_self", "create_organization"),
    create_organizations_limit: flag.nullable(),
  }),
  attack_protection: z.strictObject({
    user_lockout: z.strictObject({ enabled: flag, max_attempts: int, duration_in_minutes: int }),
    pii: enabled,
    email_link: z.strictObject({ require_same_client: flag }),
    enumeration_protection: enabled,
  }),
  passkey_settings: z.strictObject(
    every(flag, "allow_autofill", "show_sign_in_button", "satisfies_second_factor"),
  ),
});

const billing = z.strictObject({ enabled: flag.optional(), has_paid_plans: flag.optional() });

export const environment = z.strictObject({
  auth_config: authConfig,
  display_config: displayConfig,
  user_settings: userSettings,
  organization_settings: z.strictObject({
    enabled: flag,
    max_allowed_memberships: int,
    actions: z.strictObject({ admin_delete: flag }),
    domains: z.strictObject({
      enabled: flag,
      enrollment_modes: z.array(
        z.enum(["manual_invitation", "automatic_invitation", "automatic_suggestion"]),
      ),
      default_role: text,
    }),
    slug: z.strictObject({ disabled: flag }).optional(),
    creator_role: text,
  }),
  fraud_settings: z
    .strictObject({
      object: z.literal("fraud_settings").optional(),
      native: z.strictObject({
        device_attestation_mode: z.enum(["disabled", "onboarding", "enforced"]),
      }),
    })
    .optional(),
  commerce_settings: z
    .strictObject({
      billing: z.strictObject({
        stripe_publishable_key: text.nullable().optional(),
        free_trial_requires_payment_method: flag.optional(),
        user: billing.optional(),
        organization: billing.optional(),
      }),
    })
    .optional(),
  api_keys_settings: z
    .strictObject(every(flag, "enabled", "user_api_keys_enabled", "orgs_api_keys_enabled"))
    .optional(),
  ...every(flag.optional(), "client_debug_mode", "partitioned_cookies", "maintenance_mode"),
});
