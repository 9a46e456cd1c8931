import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { useBrowser, useSite } from "../support/fixtures.ts";
import { createSeedUsers, loginAs } from "../support/pages.ts";

const legal = {
  IMPRINT_URL: "https://example.com/imprint",
  TERMS_URL: "https://example.com/terms",
  CONTACT_URL: "mailto:hello@example.com",
};
const platform = await useSite(legal);
const browser = await useBrowser();
beforeAll(() => createSeedUsers(platform));

const footer = (page: Page) => page.getByRole("contentinfo");
const theme = (page: Page, name: string) => footer(page).getByRole("button", { name });
const paper = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const colors = { light: "oklch(0.985 0.004 250)", dark: "oklch(0.185 0.016 262)" };

async function expectTheme(page: Page, name: string, color: string): Promise<void> {
  await expect.poll(() => paper(page)).toBe(color);
  expect(await theme(page, name).getAttribute("aria-pressed")).toBe("true");
  expect(await footer(page).locator("[aria-pressed=true]").count()).toBe(1);
}

test("every page, error pages too, links to the configured legal pages", async () => {
  const { page, close } = await loginAs("visitor", browser, platform);
  for (const path of ["/", "/courses/maps", "/sign-in", "/no-such-page"]) {
    await page.goto(path);
    const links = await footer(page).getByRole("link").all();
    const found = await Promise.all(
      links.map(async (link) => [await link.textContent(), await link.getAttribute("href")]),
    );
    expect(found, path).toEqual([
      ["Imprint", legal.IMPRINT_URL],
      ["Terms", legal.TERMS_URL],
      ["Contact", legal.CONTACT_URL],
    ]);
  }
  await close();
});

test.for([true, false])(
  "the theme is kept for later pages and visits, with JavaScript: %s",
  async (javaScriptEnabled, { expect }) => {
    const options = { javaScriptEnabled, colorScheme: "dark" } as const;
    const { page, close } = await loginAs("visitor", browser, platform, options);
    await page.goto("/courses/maps?from=here");
    await expectTheme(page, "System", colors.dark);
    const cookieIsSaved = page.waitForResponse("**/theme");
    await theme(page, "Light").click();
    await cookieIsSaved;
    await expectTheme(page, "Light", colors.light);
    expect(new URL(page.url()).search).toBe("?from=here");
    for (const path of ["/", "/no-such-page"]) {
      await page.goto(path, { waitUntil: "commit" });
      await expectTheme(page, "Light", colors.light);
    }
    const isBack = page.waitForResponse("**/theme");
    await theme(page, "System").click();
    await isBack;
    await expectTheme(page, "System", colors.dark);
    const names = (await page.context().cookies()).map(({ name }) => name);
    expect(names).not.toContain("theme");
    await close();
  },
);

test("a page opened before the choice of a theme has reached the server has it", async () => {
  const { page, close } = await loginAs("user", browser, platform, { colorScheme: "light" });
  await page.route("**/theme", () => {}); // is never answered
  for (const [name, color] of [
    ["Dark", colors.dark],
    ["System", colors.light],
  ] as const) {
    await page.goto("/");
    await page.getByRole("button", { name: "Open user menu" }).waitFor();
    await theme(page, name).click();
    await page.goto("/courses/maps");
    await expectTheme(page, name, color);
  }
  await close();
});

test("a theme outlives navigations and error pages, and Clerk's components follow it", async () => {
  const { page, close } = await loginAs("user", browser, platform, { colorScheme: "light" });
  await page.goto("/dashboard");
  await page.getByRole("button", { name: "Open user menu" }).waitFor();
  await theme(page, "Dark").click();
  await expectTheme(page, "Dark", colors.dark);
  await page.getByRole("link", { name: "My courses" }).click();
  await page.getByRole("heading", { name: "My courses" }).waitFor();
  await expectTheme(page, "Dark", colors.dark);
  await page.evaluate(() => Reflect.get(window, "__remixRouter").navigate("/admin"));
  await page.getByRole("heading", { name: "You don’t have access to this page" }).waitFor();
  await expectTheme(page, "Dark", colors.dark);
  await page.goto("/account");
  const card = page.locator(".cl-cardBox").first();
  await card.waitFor();
  const background = await card.evaluate((box) => getComputedStyle(box).colorScheme);
  expect(background).toBe("dark");
  await page.emulateMedia({ media: "print" });
  expect(await footer(page).isVisible()).toBe(false);
  expect(await page.evaluate(() => getComputedStyle(document.body).colorScheme)).toContain("light");
  await close();
});
