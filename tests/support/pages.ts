import { accountPages } from "./pages/account-pages.ts";
import { adminPages } from "./pages/admin-pages.ts";
import { publicPages } from "./pages/site-pages.ts";

export type { SitePage } from "./pages/page.ts";
export { createSeedUsers, loginAs } from "./pages/seed-users.ts";

/** Settings of the footer. */
export const legalPages = {
  IMPRINT_URL: "https://example.com/imprint",
  TERMS_URL: "https://example.com/terms",
  PRIVACY_URL: "https://example.com/privacy",
  CONTACT_URL: "mailto:hello@example.com",
};

/** Every page of the site, including Clerk's components. */
export const sitePages = [...publicPages, ...accountPages, ...adminPages];
