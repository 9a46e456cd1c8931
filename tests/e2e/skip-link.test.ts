import { beforeAll, expect, test } from "vitest";
import { useBrowser, useSite } from "../support/fixtures.ts";
import { createSeedUsers, loginAs } from "../support/pages.ts";

const platform = await useSite();
const browser = await useBrowser();
beforeAll(async () => {
  await createSeedUsers(platform);
});

test("Tab goes through the skip link, the navigation and the home page's main links", async () => {
  const { page, close } = await loginAs("visitor", browser, platform);
  await page.goto("/");
  const stops: string[] = [];
  for (let presses = 0; presses < 5; presses++) {
    await page.keyboard.press("Tab");
    stops.push((await page.locator(":focus").textContent()) ?? "");
  }
  expect(stops).toEqual([
    "Skip to content",
    "Courses Platform",
    "Sign in",
    "Create an account",
    "Sign in",
  ]);
  await close();
});

test("Skip to content moves focus to the first link of the content", async () => {
  const { page, close } = await loginAs("user", browser, platform);
  await page.goto("/courses");
  // Shown after hydration; following a link during hydration loses the position.
  await page.getByRole("button", { name: "Open user menu" }).waitFor();
  await page.keyboard.press("Tab");
  await page.getByRole("link", { name: "Skip to content" }).waitFor();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  expect(await page.locator(":focus").textContent()).toBe("Reading a map");
  await close();
});
