import { clerkJsVersion } from "../environment.ts";
import type { Instance } from "../instance.ts";
import { userSettingsJson } from "./user-settings-json.ts";

/** The instance as ClerkJS sees it. */
export function environmentJson(instance: Instance) {
  const { isProduction } = instance.deployment;
  return {
    auth_config: { ...authConfig, test_mode: !isProduction },
    display_config: {
      ...displayConfig,
      instance_environment_type: isProduction ? "production" : "development",
    },
    user_settings: userSettingsJson(instance.settings()),
    organization_settings: organizationSettings,
    fraud_settings: { object: "fraud_settings", native: { device_attestation_mode: "disabled" } },
    commerce_settings: {
      billing: {
        stripe_publishable_key: null,
        free_trial_requires_payment_method: true,
        user: { enabled: false, has_paid_plans: false },
        organization: { enabled: false, has_paid_plans: false },
      },
    },
    api_keys_settings: {
      enabled: false,
      user_api_keys_enabled: false,
      orgs_api_keys_enabled: false,
    },
    maintenance_mode: false,
    client_debug_mode: false,
    partitioned_cookies: false,
  };
}

const authConfig = {
  object: "auth_config",
  id: "aconf_local",
  first_name: "on",
  last_name: "on",
  email_address: "required",
  phone_number: "off",
  username: "off",
  password: "required",
  identification_requirements: [["email_address"]],
  identification_strategies: ["email_address"],
  first_factors: ["password", "email_code", "reset_password_email_code", "ticket"],
  second_factors: [],
  email_address_verification_strategies: ["email_code"],
  single_session_mode: true,
  enhanced_email_deliverability: false,
  cookieless_dev: false,
  url_based_session_syncing: true,
  claimed_at: null,
  reverification: false,
  native_settings: {
    object: "native_settings",
    api_enabled: false,
    trusted_device_sign_in_enabled: false,
    trusted_device_enrollment_prompt_after_sign_in_enabled: false,
    trusted_device_enrollment_prompt_after_sign_up_enabled: false,
  },
};

/** No captcha, badge, ribbon or logo, because they would be loaded from the internet. */
const displayConfig = {
  object: "display_config",
  id: "display_config_local",
  application_name: "Courses Platform",
  theme: {},
  preferred_sign_in_strategy: "password",
  logo_image_url: null,
  favicon_image_url: null,
  home_url: "/",
  sign_in_url: "/sign-in",
  sign_up_url: "/sign-up",
  user_profile_url: "/account",
  waitlist_url: "",
  oauth_consent_url: "",
  after_sign_in_url: "/dashboard",
  after_sign_up_url: "/dashboard",
  after_sign_out_one_url: "/",
  after_sign_out_all_url: "/",
  after_switch_session_url: "/",
  after_join_waitlist_url: "",
  organization_profile_url: "",
  create_organization_url: "",
  after_leave_organization_url: "",
  after_create_organization_url: "",
  logo_link_url: "",
  support_email: null,
  branded: false,
  experimental_force_oauth_first: false,
  clerk_js_version: clerkJsVersion,
  show_devmode_warning: false,
  google_one_tap_client_id: null,
  help_url: null,
  privacy_policy_url: null,
  terms_url: null,
  logo_url: null,
  favicon_url: null,
  logo_image: null,
  favicon_image: null,
  captcha_public_key: null,
  captcha_widget_type: null,
  captcha_public_key_invisible: null,
  captcha_provider: null,
  captcha_oauth_bypass: [],
  captcha_heartbeat: false,
};

const organizationSettings = {
  enabled: false,
  max_allowed_memberships: 5,
  actions: { admin_delete: true },
  domains: { enabled: false, enrollment_modes: [], default_role: "org:member" },
  slug: { disabled: true },
  creator_role: "org:admin",
};
