import { beforeAll, beforeEach, expect, test } from "vitest";
import { useBrowser, useSite } from "../support/fixtures.ts";
import { createSeedUsers, loginAs } from "../support/pages.ts";
import { recordPolicyViolations } from "../support/policy-violations.ts";

const platform = await useSite({}, { withFaults: true });
const browser = await useBrowser();
let key: string;
beforeAll(async () => {
  await createSeedUsers(platform);
  const clerkUserId = await platform.db
    .prepare("select clerk_user_id from users where email = 'grace@example.com'")
    .first<string>("clerk_user_id");
  key = `user:v3:${clerkUserId}`;
});
beforeEach(() => platform.kv.delete(key));

/** The step of D1 that reads the courses, after the user lookup. */
const courseQuery = { step: 2, service: "D1" } as const;

// First, because an isolate keeps a user's courses for ten seconds.
test("a dashboard that failed to load its courses works after a reload", async () => {
  const { page, close } = await loginAs("user", browser, platform);
  await platform.armFault({ ...courseQuery, mode: "fails" });
  await page.goto("/dashboard");
  await page.getByRole("heading", { name: "This service is temporarily unavailable" }).waitFor();
  await page.reload();
  await page.getByRole("link", { name: /^(Start|Continue): / }).waitFor();
  await page.getByRole("button", { name: "Open user menu" }).waitFor();
  await close();
});

const sizes = [
  { width: 1280, height: 800 },
  { width: 768, height: 1024 },
  { width: 390, height: 844 },
];

test.each(sizes)(
  "at $width pixels the dashboard loads without layout shifts, duplicate downloads or policy violations",
  async (viewport) => {
    const { page, close } = await loginAs("user", browser, platform, { viewport, isFresh: true });
    const violations = recordPolicyViolations(page.context());
    const problems: string[] = [];
    page.on("console", (message) => {
      const isClerkNotice = /@clerk\/remix is now|development keys/.test(message.text());
      const isProblem = ["error", "warning"].includes(message.type()) && !isClerkNotice;
      if (isProblem) problems.push(message.text());
    });
    const fetched: string[] = [];
    page.on("request", (request) => {
      if (/\/build\/|\/npm\//.test(request.url())) fetched.push(request.url());
    });
    await page.addInitScript(() => {
      const shifts: number[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push(Number(Reflect.get(entry, "value")));
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto("/dashboard", { waitUntil: "commit" });
    await page.getByRole("heading", { name: "Welcome, Grace Hopper" }).waitFor();
    await page.evaluate(() => document.fonts.ready);
    await page.getByRole("link", { name: /^(Start|Continue): / }).waitFor();
    await page.getByRole("button", { name: "Open user menu" }).waitFor();
    const shifts = await page.evaluate(() => Reflect.get(window, "shifts"));
    expect(shifts).toEqual([]);
    expect(problems).toEqual([]);
    // A preload in another mode than the later request would download the file twice.
    expect(fetched).toEqual([...new Set(fetched)]);
    expect(violations).toEqual([]);
    await close();
  },
);

test("the catalog shows a user's courses with their progress, and continues them", async () => {
  const { page, close } = await loginAs("user", browser, platform);
  await page.goto("/");
  const card = page.getByRole("listitem").filter({ hasText: "Reading a map" });
  await card.getByText("Enrolled", { exact: true }).waitFor();
  await card.getByText("2 of 5 lessons").waitFor();
  expect(await page.getByText("Enrolled", { exact: true }).count()).toBe(3);
  await card.getByRole("link", { name: "Continue: Contour lines" }).click();
  await page.getByRole("heading", { name: "Contour lines", level: 1 }).waitFor();
  await page.emulateMedia({ media: "print" });
  for (const text of ["Contour lines", "Reading a map", "https://www.youtube.com/watch"]) {
    expect(await page.getByText(text).locator("visible=true").count(), text).toBeGreaterThan(0);
  }
  for (const role of ["navigation", "button", "complementary", "contentinfo"] as const) {
    expect(await page.getByRole(role).locator("visible=true").count(), role).toBe(0);
  }
  await close();
});
