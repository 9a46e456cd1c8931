import type { Instance } from "../instance.ts";
import type { SignUp } from "../state/attempts.ts";

/** What a sign-up must hold before it can become an account. */
export const requiredFields = ["email_address", "password"] as const;

export function missingFields(signUp: SignUp): (typeof requiredFields)[number][] {
  const present = {
    email_address: signUp.emailAddress !== null,
    password: signUp.passwordHash !== null,
  };
  return requiredFields.filter((field) => !present[field]);
}

/** The email address, while the settings ask for a code that was not answered yet. */
export function unverifiedFields(instance: Instance, signUp: SignUp): "email_address"[] {
  const answered = signUp.challenge?.status === "verified" || signUp.createdUserId !== null;
  if (answered || signUp.emailAddress === null) return [];
  return instance.settings().signUp.verifyEmailCode ? ["email_address"] : [];
}
