import type { Page } from "playwright-core";
import { opensSignedIn, type Scene } from "./scene.ts";

/** The console. */
export const adminScenes: readonly Scene[] = [
  { name: "admin", as: "admin", show: opensSignedIn("/admin", "Admin overview") },
  { name: "admin-users", as: "admin", show: opensSignedIn("/admin/users", "Grace Hopper") },
  { name: "admin-nobody", as: "admin", show: opensSignedIn("/admin/users?q=zz", "No name in") },
  { name: "admin-user", as: "admin", show: openGracesPage },
  { name: "admin-role", as: "admin", show: askForReason },
  { name: "admin-sync", as: "admin", show: opensSignedIn("/admin/sync", "Compare and repair") },
  { name: "admin-audit", as: "admin", show: opensSignedIn("/admin/audit", "Runs the courses") },
];

async function openGracesPage(page: Page): Promise<void> {
  await opensSignedIn("/admin/users", "Grace Hopper")(page);
  await page.getByRole("link", { name: "Grace Hopper" }).click();
  await page.getByRole("heading", { name: "Sync with Clerk" }).waitFor();
}

async function askForReason(page: Page): Promise<void> {
  await openGracesPage(page);
  await page.getByRole("link", { name: "Make admin…" }).click();
  await page.getByLabel("Reason").fill("Runs the courses");
}
