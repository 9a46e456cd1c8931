import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { useBrowser, useSite } from "../support/fixtures.ts";
import { openPage } from "../support/open-page.ts";

const { origin } = await useSite();
const browser = await useBrowser();

/** What a test could leave behind. */
function readTraces(page: Page) {
  return page.evaluate(async () => ({
    cookies: document.cookie,
    stored: localStorage.length + sessionStorage.length,
    databases: (await indexedDB.databases()).map(({ name }) => name),
    windowName: window.name,
    entries: history.length,
    width: innerWidth,
    isDark: matchMedia("(prefers-color-scheme: dark)").matches,
    isReduced: matchMedia("(prefers-reduced-motion: reduce)").matches,
    isPrinted: matchMedia("print").matches,
  }));
}

async function leaveTraces(page: Page): Promise<void> {
  await page.context().addCookies([{ name: "trace", value: "1", url: origin }]);
  await page.goto("/sign-in");
  await page.evaluate(() => {
    localStorage.setItem("trace", "1");
    sessionStorage.setItem("trace", "1");
    indexedDB.open("trace");
    window.name = "trace";
    addEventListener("pagehide", () => sessionStorage.setItem("late", "1"));
  });
  await page.goto("/");
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.route("**/api/health", (route) => route.abort());
  await page.context().newPage();
}

test("a page that has served a test shows the next one nothing of it", async () => {
  const first = await openPage(browser, origin, { reducedMotion: "reduce" });
  await leaveTraces(first.page);
  const requests: string[] = [];
  first.page.on("request", (request) => requests.push(request.url()));
  await first.close();
  const seenBefore = requests.length;

  const { page, close } = await openPage(browser, origin);
  expect(page).toBe(first.page);
  expect(page.context().pages()).toEqual([page]);
  await page.goto("/robots.txt");
  expect(await readTraces(page)).toEqual({
    cookies: "",
    stored: 0,
    databases: [],
    windowName: "",
    entries: 1,
    width: 1280,
    isDark: false,
    isReduced: false,
    isPrinted: false,
  });
  expect((await page.goto("/api/health"))?.status()).toBe(200);
  expect(requests).toHaveLength(seenBefore);
  await close();
});

test("a fresh page has its own tab", async () => {
  const [first, second] = [await openPage(browser, origin), await openPage(browser, origin)];
  await first.close();
  const fresh = await openPage(browser, origin, { isFresh: true });
  expect([first.page, second.page]).not.toContain(fresh.page);
  await fresh.close();
  await second.close();
});
