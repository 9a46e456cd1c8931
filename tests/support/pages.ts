import { accountScenes } from "./pages/account-pages.ts";
import { adminScenes } from "./pages/admin-pages.ts";
import { siteScenes } from "./pages/site-pages.ts";

export type { Scene } from "./pages/page.ts";
export { arriveAs, createCast } from "./pages/seed-users.ts";

/** Every page of the site, and Clerk's components on it. */
export const scenes = [...siteScenes, ...accountScenes, ...adminScenes];
