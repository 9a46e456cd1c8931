import type { Browser, CDPSession, Page } from "playwright-core";
import { openContext } from "../../tests/support/browser.ts";

export interface PageVisit {
  path: string;
  /** Measures when this field appears instead of when the largest element is painted. */
  fieldLabel?: string;
}

interface VisitOptions {
  cookies: Record<string, string>;
  isSlow?: boolean;
}

export interface Loaded {
  ms: number;
  /** Transferred, with headers, by resource type. */
  bytes: Map<string, number>;
}

/** Slow 3G as in Chrome's developer tools, on a phone with a slow processor. */
const slowNetwork = {
  offline: false,
  latency: 400,
  downloadThroughput: 400_000 / 8,
  uploadThroughput: 400_000 / 8,
};
const cpuSlowdown = 6;

/** Loads a page in a new browser profile until nothing more is loaded. */
export async function visit(
  browser: Browser,
  origin: string,
  { path, fieldLabel }: PageVisit,
  { cookies, isSlow = false }: VisitOptions,
): Promise<Loaded> {
  const context = await openContext(browser, {
    baseURL: origin,
    viewport: { width: 390, height: 844 },
    // As Cloudflare does. Miniflare takes the first encoding that the browser lists.
    extraHTTPHeaders: { "Accept-Encoding": "br" },
  });
  try {
    await context.addCookies(
      Object.entries(cookies).map(([name, value]) => ({ name, value, url: origin })),
    );
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const bytes = await countBytes(session);
    if (isSlow) await slowDown(session);
    await observeLargestPaint(page);
    await page.goto(path, { waitUntil: "commit" });
    const shownAt = fieldLabel === undefined ? null : await whenShown(page, fieldLabel);
    await page.waitForLoadState("networkidle");
    const ms = shownAt ?? (await page.evaluate(() => window.largestPaintMs));
    if (ms === undefined) throw new Error(`Nothing was painted at ${path}`);
    return { ms, bytes };
  } finally {
    await context.close();
  }
}

async function slowDown(session: CDPSession): Promise<void> {
  await session.send("Network.emulateNetworkConditions", slowNetwork);
  await session.send("Emulation.setCPUThrottlingRate", { rate: cpuSlowdown });
}

async function countBytes(session: CDPSession): Promise<Map<string, number>> {
  const bytes = new Map<string, number>();
  const types = new Map<string, string>();
  session.on("Network.responseReceived", ({ requestId, type }) => {
    types.set(requestId, type);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const type = types.get(requestId) ?? "Other";
    bytes.set(type, (bytes.get(type) ?? 0) + encodedDataLength);
  });
  await session.send("Network.enable");
  return bytes;
}

declare global {
  interface Window {
    largestPaintMs?: number;
  }
}

function observeLargestPaint(page: Page) {
  return page.addInitScript(() => {
    new PerformanceObserver((list) => {
      const last = list.getEntries().at(-1);
      if (last) window.largestPaintMs = last.startTime;
    }).observe({ type: "largest-contentful-paint", buffered: true });
  });
}

/** Milliseconds since the navigation started. */
async function whenShown(page: Page, label: string): Promise<number> {
  await page.getByLabel(label).waitFor();
  return page.evaluate(() => performance.now());
}
