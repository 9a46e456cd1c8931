import { accountScenes } from "./scenes/account-scenes.ts";
import { adminScenes } from "./scenes/admin-scenes.ts";
import { siteScenes } from "./scenes/site-scenes.ts";

export { arriveAs, createCast } from "./scenes/cast.ts";
export type { Scene } from "./scenes/scene.ts";

/** Every page of the site, and Clerk's components on it. */
export const scenes = [...siteScenes, ...accountScenes, ...adminScenes];
