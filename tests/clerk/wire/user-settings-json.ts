import { passwordLength } from "../accounts/passwords.ts";
import type { Settings } from "../state/settings.ts";

/** How people sign up and in, as ClerkJS sees it. */
export function userSettingsJson({ signUp, signIn }: Settings) {
  return {
    attributes: attributes(signUp.verifyEmailCode, signIn.authenticatorApp),
    social: {},
    saml: { enabled: false },
    enterprise_sso: { enabled: false },
    sign_in: { second_factor: { required: false } },
    sign_up: {
      progressive: true,
      mode: "public",
      captcha_enabled: false,
      captcha_widget_type: "smart",
      custom_action_required: false,
      legal_consent_enabled: false,
    },
    restrictions,
    password_settings: passwordSettings,
    username_settings: {
      min_length: 4,
      max_length: 64,
      allow_extended_special_characters: false,
      allow_numeric_usernames: false,
    },
    actions: { delete_self: true, create_organization: false, create_organizations_limit: null },
    attack_protection: attackProtection,
    passkey_settings: {
      allow_autofill: false,
      show_sign_in_button: false,
      satisfies_second_factor: false,
    },
  };
}

function attributes(verifyEmailCode: boolean, authenticatorApp: boolean) {
  const disabled = attribute({ enabled: false });
  const secondFactor = (strategy: string) =>
    attribute({
      enabled: authenticatorApp,
      used_for_second_factor: authenticatorApp,
      second_factors: authenticatorApp ? [strategy] : [],
    });
  return {
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
    ticket: disabled,
    authenticator_app: secondFactor("totp"),
    backup_code: secondFactor("backup_code"),
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
    immutable: false,
    ...values,
  };
}

const off = { enabled: false };

const restrictions = {
  allowlist: off,
  blocklist: off,
  allowlist_blocklist_disabled_on_sign_in: off,
  block_email_subaddresses: off,
  block_disposable_email_domains: off,
};

/** Checks against leaked passwords would need the internet. */
const passwordSettings = {
  disable_hibp: true,
  disable_password_reverification: true,
  min_length: passwordLength.min,
  max_length: passwordLength.max,
  require_special_char: false,
  require_numbers: false,
  require_uppercase: false,
  require_lowercase: false,
  show_zxcvbn: false,
  min_zxcvbn_strength: 0,
  enforce_hibp_on_sign_in: false,
  allowed_special_characters: "",
};

const attackProtection = {
  user_lockout: { enabled: false, max_attempts: 100, duration_in_minutes: 60 },
  pii: off,
  email_link: { require_same_client: false },
  enumeration_protection: off,
};
