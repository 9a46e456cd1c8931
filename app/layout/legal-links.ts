import type { Environment } from "~/env.server";

export const legalPages = ["imprint", "terms", "privacy", "contact"] as const;
export type LegalLinks = Partial<Record<(typeof legalPages)[number], string | undefined>>;

export const toLegalLinks = (environment: Environment): LegalLinks => ({
  imprint: environment.IMPRINT_URL,
  terms: environment.TERMS_URL,
  privacy: environment.PRIVACY_URL,
  contact: environment.CONTACT_URL,
});
