import type { Browser, BrowserContextOptions, Page, ViewportSize } from "playwright-core";
import { openContext } from "./browser.ts";
import { logPolicyViolations } from "./policy-violations.ts";

export interface OpenPageOptions extends BrowserContextOptions {
  viewport?: ViewportSize;
  /** Nothing is cached or compiled, and init scripts are allowed: a page cannot lose them. */
  isFresh?: boolean;
}

export interface OpenPage {
  page: Page;
  close(): Promise<void>;
}

/** Playwright's own, of the options that can be changed on an open page. */
const defaults = {
  viewport: { width: 1280, height: 720 },
  colorScheme: "light",
  reducedMotion: "no-preference",
} as const;

/** By browser and origin. */
const idlePages = new WeakMap<Browser, Map<string, Page[]>>();

/**
 * Opens an empty page without cookies or stored data. Its tab has served earlier tests if possible:
 * a new one compiles all scripts again, which costs more than everything else on most pages.
 */
export async function openPage(
  browser: Browser,
  origin: string,
  { isFresh = false, ...options }: OpenPageOptions = {},
): Promise<OpenPage> {
  const { viewport, colorScheme, reducedMotion, ...others } = { ...defaults, ...options };
  if (isFresh || Object.keys(others).length > 0) {
    const page = await openTab(browser, origin, options);
    return { page, close: () => page.context().close() };
  }
  const idle = idlePagesOf(browser, origin);
  const page = idle.pop() ?? (await openTab(browser, origin));
  await page.emulateMedia({ media: null, colorScheme, reducedMotion });
  await page.setViewportSize(viewport);
  const close = async () => {
    try {
      await forgetTest(page, origin);
      idle.push(page);
    } catch {
      // Such as a page that the test has closed.
      await page.context().close();
    }
  };
  return { page, close };
}

function idlePagesOf(browser: Browser, origin: string): Page[] {
  const byOrigin = idlePages.get(browser) ?? new Map<string, Page[]>();
  idlePages.set(browser, byOrigin);
  const idle = byOrigin.get(origin) ?? [];
  byOrigin.set(origin, idle);
  return idle;
}

async function openTab(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await openContext(browser, { baseURL: origin, ...options });
  await logPolicyViolations(context);
  return context.newPage();
}

const events = ["console", "dialog", "request", "response", "weberror"] as const;
const storageTypes = "local_storage,indexeddb,cache_storage,service_workers";

/** Leaves only what the browser has cached and compiled. */
async function forgetTest(page: Page, origin: string): Promise<void> {
  const context = page.context();
  for (const event of events) {
    context.removeAllListeners(event);
    if (event !== "weberror") page.removeAllListeners(event);
  }
  for (const other of context.pages()) if (other !== page) await other.close();
  for (const routed of [page, context]) await routed.unrouteAll({ behavior: "ignoreErrors" });
  // No script of this page can set cookies or store data again.
  await page.goto(`${origin}/robots.txt`);
  await page.mouse.move(0, 0);
  await page.evaluate(() => {
    sessionStorage.clear();
    window.name = "";
  });
  await context.clearCookies();
  const session = await context.newCDPSession(page);
  await session.send("Storage.clearDataForOrigin", { origin, storageTypes });
  await session.send("Page.resetNavigationHistory");
  await session.detach();
}
