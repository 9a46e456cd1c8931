import { accountPages } from "./pages/account-pages.ts";
import { adminPages } from "./pages/admin-pages.ts";
import { publicPages } from "./pages/site-pages.ts";

export type { SitePage } from "./pages/page.ts";
export { createSeedUsers, loginAs } from "./pages/seed-users.ts";

/** Every page of the site, including Clerk's components. */
export const sitePages = [...publicPages, ...accountPages, ...adminPages];
