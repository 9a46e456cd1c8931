import { mkdir } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../tests/support/browser.ts";
import {
  createSeedUsers,
  legalPages,
  loginAs,
  type SitePage,
  sitePages,
} from "../tests/support/pages.ts";
import { type Platform, startPlatform } from "../tests/support/platform.ts";

const sizes = { wide: { width: 1280, height: 800 }, narrow: { width: 390, height: 844 } };
const colorSchemes = ["light", "dark"] as const;

/**
 * Takes screenshots of every page, wide and narrow, light and dark:
 * `node scripts/screenshots.ts [folder] [page…]`. Reports pages that overflow horizontally.
 */
async function takeScreenshots([folder = "docs/screenshots", ...names]: string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const selectedPages = sitePages.filter(({ name }) => names.length === 0 || names.includes(name));
  const platform = await startPlatform(legalPages);
  const browser = await launchBrowser();
  try {
    await createSeedUsers(platform);
    for (const sitePage of selectedPages)
      await takePageScreenshots(sitePage, folder, browser, platform);
  } finally {
    await browser.close();
    await platform.close();
  }
}

async function takePageScreenshots(
  sitePage: SitePage,
  folder: string,
  browser: Browser,
  platform: Platform,
) {
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const colorScheme of colorSchemes) {
      const variant = { viewport, colorScheme, reducedMotion: "reduce" } as const;
      const { page, close } = await loginAs(sitePage.as, browser, platform, variant);
      const name = `${sitePage.name}-${size}-${colorScheme}`;
      await sitePage.show(page);
      await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      console.log(width > viewport.width ? `${name} is ${width} px wide` : name);
      await close();
    }
  }
}

await takeScreenshots(process.argv.slice(2));
