import { mkdir } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../tests/support/browser.ts";
import { arriveAs, createCast, type Scene, scenes } from "../tests/support/pages.ts";
import { type Platform, startPlatform } from "../tests/support/platform.ts";

const sizes = { wide: { width: 1280, height: 800 }, narrow: { width: 390, height: 844 } };
const colorSchemes = ["light", "dark"] as const;

/**
 * Takes a picture of every page, wide and narrow, light and dark: `node scripts/screenshots.ts [folder] [scene…]`.
 * Says which pages are wider than their window.
 */
async function takeScreenshots([folder = "docs/screenshots", ...names]: string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const chosen = scenes.filter(({ name }) => names.length === 0 || names.includes(name));
  const platform = await startPlatform();
  const browser = await launchBrowser();
  try {
    await createCast(platform);
    for (const scene of chosen) await takeAll(scene, folder, browser, platform);
  } finally {
    await browser.close();
    await platform.close();
  }
}

async function takeAll(scene: Scene, folder: string, browser: Browser, platform: Platform) {
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const colorScheme of colorSchemes) {
      const look = { viewport, colorScheme, reducedMotion: "reduce" } as const;
      const { page, leave } = await arriveAs(scene.as, browser, platform, look);
      const name = `${scene.name}-${size}-${colorScheme}`;
      await scene.show(page);
      await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      console.log(width > viewport.width ? `${name} is ${width} px wide` : name);
      await leave();
    }
  }
}

await takeScreenshots(process.argv.slice(2));
