import { missingFields, requiredFields, unverifiedFields } from "../accounts/sign-up-fields.ts";
import type { Instance } from "../instance.ts";
import type { SignUp } from "../state/attempts.ts";
import { challengeJson } from "./challenge-json.ts";

export function signUpJson(instance: Instance, signUp: SignUp) {
  return {
    id: signUp.id,
    object: "sign_up_attempt",
    status: signUp.createdUserId === null ? "missing_requirements" : "complete",
    required_fields: requiredFields,
    optional_fields: ["first_name", "last_name"],
    missing_fields: missingFields(signUp),
    unverified_fields: unverifiedFields(instance, signUp),
    verifications: {
      email_address: emailVerification(instance, signUp),
      phone_number: null,
      web3_wallet: null,
      external_account: null,
    },
    username: null,
    email_address: signUp.emailAddress,
    phone_number: null,
    web3_wallet: null,
    has_password: signUp.passwordHash !== null,
    first_name: signUp.firstName,
    last_name: signUp.lastName,
    locale: signUp.locale,
    unsafe_metadata: signUp.unsafeMetadata,
    external_account: null,
    external_account_strategy: null,
    legal_accepted_at: null,
    created_session_id: signUp.createdSessionId,
    created_user_id: signUp.createdUserId,
    abandon_at: signUp.abandonAt,
  };
}

function emailVerification(instance: Instance, signUp: SignUp) {
  if (unverifiedFields(instance, signUp).length === 0 && signUp.challenge === null) return null;
  const supported = { supported_strategies: ["email_code"] };
  if (signUp.challenge === null) {
    return {
      object: "verification",
      status: "unverified",
      strategy: "email_code",
      attempts: null,
      expire_at: null,
      next_action: "needs_prepare",
      ...supported,
    };
  }
  const next_action = signUp.challenge.status === "verified" ? "" : "needs_attempt";
  return { ...challengeJson(signUp.challenge, instance.clock.now()), next_action, ...supported };
}
