import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { useBrowser, usePlatform } from "../support/fixtures.ts";
import { createSeedUsers, loginAs } from "../support/pages.ts";

const platform = await usePlatform();
const browser = await useBrowser();
beforeAll(() => createSeedUsers(platform));

const clerkScript = "**/__clerk/npm/**";
const panels = [
  { path: "/sign-in", as: "visitor", field: "Email address" },
  { path: "/sign-up", as: "visitor", field: "First name" },
  { path: "/account", as: "user", field: "Profile details" },
] as const;

const content = (page: Page, field: string) =>
  page
    .getByLabel(field)
    .or(page.getByText(field, { exact: true }))
    .first();

test.each(panels)("$path says that it is loading until ClerkJS arrives", async (panel) => {
  const { page, close } = await loginAs(panel.as, browser, platform);
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  await page.route(clerkScript, async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(panel.path, { waitUntil: "commit" });
  await page.getByText("Loading…").waitFor();
  release();
  await content(page, panel.field).waitFor();
  expect(await page.getByText("Loading…").count()).toBe(0);
  await close();
});

test.each(panels)("$path offers another try if ClerkJS does not load", async (panel) => {
  const { page, close } = await loginAs(panel.as, browser, platform);
  await page.route(clerkScript, (route) => route.abort());
  await page.goto(panel.path);
  await page.getByText("This form is taking longer than usual").waitFor();
  await page.unroute(clerkScript);
  await page.getByRole("button", { name: "Try again" }).click();
  await content(page, panel.field).waitFor();
  expect(await page.getByRole("button", { name: "Try again" }).count()).toBe(0);
  await close();
});

test.each(panels)("$path says that it needs JavaScript", async (panel) => {
  const { page, close } = await loginAs(panel.as, browser, platform, { javaScriptEnabled: false });
  await page.goto(panel.path);
  await page.getByText("This form needs JavaScript.").waitFor();
  expect(await page.getByText("Loading…").isVisible()).toBe(false);
  await close();
});
