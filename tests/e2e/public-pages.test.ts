import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { visit } from "../../bench/first-visit/visit.ts";
import { insertCourse } from "../support/courses.ts";
import { useBrowser, useSite } from "../support/fixtures.ts";
import { isHydrated } from "../support/hydration.ts";
import { openBrowser } from "../support/open-browser.ts";
import { createSeedUsers, loginAs } from "../support/pages.ts";

// Compresses responses, so that their bytes can be counted.
const platform = await useSite({}, { isDirect: false });
const browser = await useBrowser();
beforeAll(async () => {
  await createSeedUsers(platform);
});

const link = (page: Page, name: string) => page.getByRole("link", { name, exact: true });

test("without JavaScript, visitors can browse the catalog, a course and its previews", async () => {
  const withoutJavaScript = { javaScriptEnabled: false };
  const visitor = await openBrowser(browser, platform.origin, withoutJavaScript);
  const { page, expectNoProblems, close } = visitor;
  await page.goto("/");
  await link(page, "Reading a map").click();
  await page.getByRole("heading", { name: "Reading a map", level: 1 }).waitFor();
  await link(page, "What a map leaves out").click();
  await page.getByText("A contour line joins points").waitFor();
  await page.getByRole("navigation", { name: "Lessons" }).waitFor();
  await link(page, "View course").click();
  expect(await link(page, "Sign up to enroll").getAttribute("href")).toBe(
    "/sign-up?redirect_url=%2Fcourses%2Fmaps",
  );
  expectNoProblems();
  await close();
});

test("without JavaScript, users can enroll and mark lessons, and a video is a link", async () => {
  const { page, close } = await loginAs("admin", browser, platform, { javaScriptEnabled: false });
  await page.goto("/courses/maps");
  await page.getByRole("button", { name: "Enroll for free" }).click();
  await page.waitForURL("**/lessons/lesson-1");
  await page.getByRole("button", { name: "Mark as done" }).click();
  await page.waitForURL("**/lessons/lesson-1#completion");
  await page.getByRole("button", { name: "Done (undo)" }).click();
  await page.getByRole("button", { name: "Mark as done" }).waitFor();
  await page.goto("/courses/maps/lessons/lesson-3");
  expect(await page.getByRole("link", { name: "Play on YouTube" }).getAttribute("href")).toBe(
    "https://www.youtube.com/watch?v=CoveredLine",
  );
  await close();
});

test("a video loads nothing from its site before play is pressed, then plays in place", async () => {
  const { page, close } = await loginAs("user", browser, platform);
  const elsewhere: string[] = [];
  await page.route(
    (url) => url.origin !== platform.origin,
    (route) => {
      elsewhere.push(route.request().url());
      return route.fulfill({ contentType: "text/html", body: "A player" });
    },
  );
  await page.goto("/courses/maps/lessons/lesson-3");
  const play = page.getByRole("link", { name: "Play on YouTube" });
  await page.getByRole("button", { name: "Open user menu" }).waitFor();
  expect(elsewhere).toEqual([]);
  const place = await play.boundingBox();
  await play.focus();
  await page.keyboard.press("Enter");
  const player = page.getByTitle("Contour lines, on YouTube");
  await player.contentFrame().getByText("A player").waitFor();
  expect(elsewhere).toEqual(["https://www.youtube-nocookie.com/embed/CoveredLine?autoplay=1"]);
  expect(await player.boundingBox()).toEqual(place);
  expect(await player.evaluate((frame) => frame === document.activeElement)).toBe(true);
  await close();
});

test("a first visit of the home page loads at most 180 kB, and 45 kB of fonts", async () => {
  const { bytes } = await visit(browser, platform.origin, { path: "/" }, { cookies: {} });
  const total = [...bytes.values()].reduce((sum, count) => sum + count, 0);
  expect(bytes.get("Font")).toBeGreaterThan(20_000);
  expect(bytes.get("Font")).toBeLessThanOrEqual(45_000);
  expect(total).toBeLessThanOrEqual(180_000);
});

test("a slow page shows a progress bar until it has loaded", async () => {
  const { page, close } = await loginAs("visitor", browser, platform);
  const release = Promise.withResolvers<void>();
  await page.route("**/courses/maps.data", async (route) => {
    await release.promise;
    return route.continue();
  });
  await page.goto("/");
  await link(page, "Reading a map").click();
  const bar = page.getByRole("progressbar", { name: "Loading page" });
  await bar.waitFor();
  release.resolve();
  await page.getByRole("heading", { name: "Reading a map", level: 1 }).waitFor();
  await bar.waitFor({ state: "detached" });
  await close();
});

/** The cumulative layout shift (https://web.dev/articles/cls) once the page has fully loaded. */
async function layoutShift(page: Page): Promise<number> {
  await page.waitForFunction(isHydrated, "h1");
  await page.waitForFunction(
    () => document.documentElement.hasAttribute("data-clerk") === "Clerk" in window,
  );
  await page.evaluate(() => document.fonts.ready);
  await page.waitForLoadState("networkidle");
  return page.evaluate(async () => {
    let sum = 0;
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const value = "value" in entry && Number(entry.value);
        if (!("hadRecentInput" in entry && entry.hadRecentInput)) sum += value || 0;
      }
    });
    observer.observe({ type: "layout-shift", buffered: true });
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    return sum;
  });
}

const variants = [
  { viewport: { width: 1280, height: 800 } },
  { viewport: { width: 390, height: 844 } },
] as const;

test.each(
  variants.flatMap((variant) =>
    (["visitor", "user"] as const).flatMap((role) =>
      ["/", "/courses/maps", "/courses/maps/lessons/lesson-1"].map((path) => ({
        path,
        role,
        ...variant,
      })),
    ),
  ),
)(
  "$path has no layout shift for a $role at $viewport.width px",
  async ({ path, role, viewport }) => {
    const { page, close } = await loginAs(role, browser, platform, { viewport, isFresh: true });
    await page.goto(path);
    expect(await layoutShift(page)).toBeLessThan(0.01);
    await close();
  },
);

test.for([
  ["/courses/very-long", "Courses Platform", "Learn one thing well, then the next."],
  ["/admin/courses/:id/outline", "Admin", "Admin overview"],
] as const)(
  "from %s with 150 lessons, where no route is prefetched, “%s” opens its page",
  async ([path, name, heading]) => {
    const many = Array.from({ length: 150 }, () => "public" as const);
    const slug = path.startsWith("/courses") ? "very-long" : "as-long";
    const { id } = await insertCourse(platform, { slug, sections: [many] });
    const { page, close } = await loginAs("admin", browser, platform);
    await page.goto(path.replace(":id", id));
    await page.getByRole("button", { name: "Open user menu" }).waitFor();
    await link(page, name).click();
    await page.getByRole("heading", { name: heading }).waitFor();
    await close();
  },
);
