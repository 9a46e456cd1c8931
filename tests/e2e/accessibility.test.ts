import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { useBrowser, usePlatform } from "../support/fixtures.ts";
import { arriveAs, createCast, scenes } from "../support/scenes.ts";

const platform = await usePlatform();
const browser = await useBrowser();
beforeAll(async () => {
  await createCast(platform);
});

/** What axe finds, one line each: which rule, where, and what is wrong there. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target}: ${failureSummary}`),
  );
}

const looks = [
  { colorScheme: "light", viewport: { width: 1280, height: 800 } },
  { colorScheme: "dark", viewport: { width: 390, height: 844 } },
] as const;

describe.each(looks)("in $colorScheme colours, $viewport.width px wide", (look) => {
  test.concurrent.for(scenes)("$name keeps nobody out and fits its window", async (scene) => {
    const options = { ...look, reducedMotion: "reduce" } as const;
    const { page, leave } = await arriveAs(scene.as, browser, platform, options);
    await scene.show(page);
    expect(await findings(page)).toEqual([]);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBe(look.viewport.width);
    await leave();
  });
});

test("Tab leads past the navigation, through it, and to what the home page is for", async () => {
  const { page, leave } = await arriveAs("visitor", browser, platform);
  await page.goto("/");
  const stops: string[] = [];
  for (let presses = 0; presses < 5; presses++) {
    await page.keyboard.press("Tab");
    stops.push((await page.locator(":focus").textContent()) ?? "");
  }
  expect(stops).toEqual([
    "Skip to content",
    "Courses Platform",
    "Sign In",
    "Create an account",
    "Sign in",
  ]);
  await leave();
});

test("Skip to content leads to the page's own first link", async () => {
  const { page, leave } = await arriveAs("user", browser, platform);
  await page.goto("/courses");
  // Drawn once React has taken the page over; a link followed at that very moment loses its place.
  await page.getByRole("button", { name: "Open user menu" }).waitFor();
  await page.keyboard.press("Tab");
  await page.getByRole("link", { name: "Skip to content" }).waitFor();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  expect(await page.locator(":focus").textContent()).toBe("Reading a map");
  await leave();
});
