import { Hono } from "hono";
import { clerkJsVersion } from "../environment.ts";
import type { Instance } from "../instance.ts";

/** `GET|PATCH /v1/environment`: the instance settings for ClerkJS. */
export function environmentRoutes(instance: Instance): Hono {
  return new Hono()
    .get("/environment", (c) => c.json(environmentJson(instance)))
    .patch("/environment", (c) => c.json(environmentJson(instance)));
}

function environmentJson(instance: Instance) {
  return {
    object: "environment",
    id: "env_local",
    auth_config: {
      object: "auth_config",
      id: "aconf_local",
      single_session_mode: true,
      claimed_at: null,
      reverification: false,
    },
    display_config: displayConfig,
    user_settings: userSettings(instance.settings().signUp.verifyEmailCode),
    organization_settings: { enabled: false },
    commerce_settings: { billing: { user: { enabled: false }, organization: { enabled: false } } },
    api_keys_settings: { user_api_keys_enabled: false, orgs_api_keys_enabled: false },
    maintenance_mode: false,
    client_debug_mode: false,
    partitioned_cookies: false,
  };
}

/** No captcha, badge, ribbon or logo, because they would be loaded from the internet. */
const displayConfig = {
  object: "display_config",
  id: "display_config_local",
  application_name: "Courses Platform",
  instance_environment_type: "development",
  branded: false,
  show_devmode_warning: false,
  captcha_public_key: null,
  captcha_provider: null,
  captcha_widget_type: null,
  captcha_public_key_invisible: null,
  captcha_oauth_bypass: [],
  clerk_js_version: clerkJsVersion,
  preferred_sign_in_strategy: "password",
  theme: {},
  home_url: "/",
  sign_in_url: "/sign-in",
  sign_up_url: "/sign-up",
  user_profile_url: "/account",
  after_sign_in_url: "/dashboard",
  after_sign_up_url: "/dashboard",
  after_sign_out_all_url: "/",
  after_sign_out_one_url: "/",
  after_switch_session_url: "/",
  logo_image_url: null,
  favicon_image_url: null,
  support_email: null,
  terms_url: null,
  privacy_policy_url: null,
};

function userSettings(verifyEmailCode: boolean) {
  const disabled = attribute({ enabled: false });
  return {
    attributes: {
      email_address: attribute({
        required: true,
        used_for_first_factor: true,
        first_factors: ["email_code"],
        verifications: verifyEmailCode ? ["email_code"] : [],
        verify_at_sign_up: verifyEmailCode,
      }),
      password: attribute({ required: true }),
      first_name: attribute({}),
      last_name: attribute({}),
      phone_number: disabled,
      username: disabled,
      web3_wallet: disabled,
      passkey: disabled,
      authenticator_app: disabled,
      backup_code: disabled,
    },
    sign_in: { second_factor: { required: false } },
    sign_up: {
      progressive: true,
      mode: "public",
      captcha_enabled: false,
      captcha_widget_type: null,
      custom_action_required: false,
      legal_consent_enabled: false,
    },
    password_settings: { disable_hibp: true, min_length: 8, max_length: 72 },
    actions: { delete_self: true, create_organization: false },
    attack_protection: { enumeration_protection: { enabled: false } },
    social: {},
    enterprise_sso: { enabled: false },
    saml: { enabled: false },
    restrictions: {},
  };
}

function attribute(values: object) {
  return {
    enabled: true,
    required: false,
    used_for_first_factor: false,
    first_factors: [],
    used_for_second_factor: false,
    second_factors: [],
    verifications: [],
    verify_at_sign_up: false,
    ...values,
  };
}
