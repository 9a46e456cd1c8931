import type { Page } from "playwright-core";

/** Blocks requests of a page. Not `page.route`, which turns off the browser's cache. */
export async function blockUrls(page: Page, urls: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setBlockedURLs", { urls });
}
