import { opens, opensSignedIn, type Scene } from "./scene.ts";

/** What people come for. */
export const siteScenes: readonly Scene[] = [
  { name: "home", as: "visitor", show: opens("/", "Learn one thing well") },
  { name: "not-found", as: "visitor", show: opens("/no-such-page", "There is no page here") },
  { name: "home-signed-in", as: "user", show: opensSignedIn("/", "Learn one thing well") },
  { name: "dashboard", as: "user", show: opensSignedIn("/dashboard", "Welcome, Grace Hopper") },
  { name: "courses", as: "user", show: opensSignedIn("/courses", "My Courses") },
  { name: "purchases", as: "user", show: opensSignedIn("/purchases", "Purchases History") },
  { name: "forbidden", as: "user", show: opens("/admin", "This page is not open to you") },
];
