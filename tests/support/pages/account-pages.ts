import type { Page } from "playwright-core";
import { submitSignUp, typeCode } from "../clerk-forms.ts";
import { loadsSignedIn, opens, type SitePage } from "./page.ts";
import { password, seedUsers } from "./seed-users.ts";

/** Clerk's components in their various states. */
export const accountPages: readonly SitePage[] = [
  { name: "sign-in", as: "visitor", show: opens("/sign-in", "Sign in to") },
  { name: "sign-in-password", as: "visitor", show: openPasswordStep },
  { name: "sign-in-refused", as: "visitor", show: submitWrongPassword },
  { name: "sign-up", as: "visitor", show: opens("/sign-up", "Create your account") },
  { name: "sign-up-code", as: "visitor", show: openCodeStep },
  { name: "user-menu", as: "user", show: openUserMenu },
  { name: "account", as: "user", show: loadsSignedIn("/account", "Profile details") },
  { name: "account-edit", as: "user", show: editProfile },
  { name: "account-security", as: "user", show: loadsSignedIn("/account/security", "Security") },
];

async function openPasswordStep(page: Page): Promise<void> {
  await opens("/sign-in", "Sign in to")(page);
  await page.getByLabel("Email address").fill(seedUsers.user.email);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await page.waitForURL("**/sign-in/factor-one**");
  await page.getByLabel("Password", { exact: true }).fill("not this one");
}

async function submitWrongPassword(page: Page): Promise<void> {
  await openPasswordStep(page);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await page.locator("#error-password").waitFor();
}

async function openCodeStep(page: Page): Promise<void> {
  await opens("/sign-up", "Create your account")(page);
  const email = `mary-${crypto.randomUUID()}@example.com`;
  await submitSignUp(page, { firstName: "Mary", lastName: "Somerville", email, password });
  await typeCode(page, "42");
}

async function openUserMenu(page: Page): Promise<void> {
  await loadsSignedIn("/dashboard", "Welcome, Grace Hopper")(page);
  await page.getByRole("button", { name: "Open user menu" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).waitFor();
}

async function editProfile(page: Page): Promise<void> {
  await loadsSignedIn("/account", "Profile details")(page);
  await page.getByRole("button", { name: "Update profile" }).click();
  await page.getByLabel("Last name").waitFor();
}
