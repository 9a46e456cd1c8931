import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { findAccessibilityProblems } from "../support/accessibility.ts";
import { useBrowser, useSite } from "../support/fixtures.ts";
import { openBrowser } from "../support/open-browser.ts";
import { seedUsers } from "../support/pages/seed-users.ts";
import { createSeedUsers } from "../support/pages.ts";

const platform = await useSite();
const browser = await useBrowser();
beforeAll(() => createSeedUsers(platform));

const banner = (page: Page) => page.getByText("You are signed in as another user.");

/** Opens the link of Clerk's "Sign in as user". */
async function signInAs(emailAddress: string) {
  const [user] = await platform.clerk.listUsers({ emailAddress });
  const url = `${platform.clerkOrigin}/users/${user?.id}/sign-in-as`;
  const response = await fetch(url, { method: "POST", headers: { origin: platform.clerkOrigin } });
  const [, link = ""] = /href="([^"]*__clerk_ticket[^"]*)"/.exec(await response.text()) ?? [];
  const session = await openBrowser(browser, platform.origin);
  await session.page.goto(link);
  await session.page.waitForURL("**/dashboard");
  return session;
}

test("every page has a banner; orders and admin pages are refused with a clear page", async () => {
  const { page, close } = await signInAs(seedUsers.admin.email);
  for (const path of ["/dashboard", "/", "/courses/maps", "/purchases", "/account", "/no-such"]) {
    await page.goto(path);
    await banner(page).waitFor();
  }
  expect(await page.getByRole("link", { name: "Admin" }).count()).toBe(0);
  await page.goto("/admin");
  await page
    .getByRole("heading", { name: "Not while you are signed in as another user" })
    .waitFor();
  await banner(page).waitFor();
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await page.goto("/courses/type");
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Buy for" }).click();
  await page
    .getByRole("heading", { name: "Not while you are signed in as another user" })
    .waitFor();
  await banner(page).waitFor();
  await close();
});

test("the banner disappears after signing out", async () => {
  const { page, close } = await signInAs(seedUsers.user.email);
  await banner(page).waitFor();
  await page.getByRole("button", { name: "Open user menu" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.waitForURL("**/");
  await page.getByRole("link", { name: "Sign in" }).first().waitFor();
  expect(await banner(page).count()).toBe(0);
  await close();
});
