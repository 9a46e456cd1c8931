import type { Instance } from "../instance.ts";
import type { SignUp } from "../state/attempts.ts";

export const requiredFields = ["email_address", "password"] as const;

export function missingFields(signUp: SignUp): (typeof requiredFields)[number][] {
  const present = {
    email_address: signUp.emailAddress !== null,
    password: signUp.passwordHash !== null,
  };
  return requiredFields.filter((field) => !present[field]);
}

/** The email address, if the settings require a code and it is not verified yet. */
export function unverifiedFields(instance: Instance, signUp: SignUp): "email_address"[] {
  const verified =
    signUp.challenge?.status === "verified" ||
    signUp.invitationId !== null ||
    signUp.createdUserId !== null;
  if (verified || signUp.emailAddress === null) return [];
  return instance.settings().signUp.verifyEmailCode ? ["email_address"] : [];
}
