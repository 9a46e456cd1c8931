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
    password_enabled: signUp.passwordHash !== null,
    has_password: signUp.passwordHash !== null,
    first_name: signUp.firstName,
    last_name: signUp.lastName,
    locale: signUp.locale,
    unsafe_metadata: signUp.unsafeMetadata,
    public_metadata: {},
    custom_action: false,
    external_id: null,
    legal_accepted_at: signUp.legalAcceptedAt,
    created_session_id: signUp.createdSessionId,
    created_user_id: signUp.createdUserId,
    abandon_at: signUp.abandonAt,
  };
}

function emailVerification(instance: Instance, signUp: SignUp) {
  const { challenge, invitationId } = signUp;
  if (invitationId !== null) {
    return { ...verificationBase("ticket"), status: "verified", next_action: "" };
  }
  const supported = { supported_strategies: ["email_code"] };
  if (challenge !== null) {
    const next_action = challenge.status === "verified" ? "" : "needs_attempt";
    return { ...challengeJson(challenge, instance.clock.now()), next_action, ...supported };
  }
  if (unverifiedFields(instance, signUp).length === 0) return null;
  return {
    ...verificationBase("email_code"),
    status: "unverified",
    expire_at: signUp.abandonAt,
    next_action: "needs_prepare",
    ...supported,
  };
}

const verificationBase = (strategy: string) => ({
  strategy,
  attempts: null,
  expire_at: null,
  supported_strategies: [],
});
