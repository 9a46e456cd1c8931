import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { useBrowser, usePlatform } from "../support/fixtures.ts";
import { recordPolicyViolations } from "../support/policy-violations.ts";
import { arriveAs, createCast } from "../support/scenes.ts";
import { startUncompressingProxy } from "../support/uncompressing-proxy.ts";

const platform = await usePlatform({}, { withFaults: true });
const browser = await useBrowser();
let key: string;
let uncompressing: Awaited<ReturnType<typeof startUncompressingProxy>>;
beforeAll(async () => {
  uncompressing = await startUncompressingProxy();
  await createCast(platform);
  const clerkUserId = await platform.db
    .prepare("select clerk_user_id from users where email = 'grace@example.com'")
    .first<string>("clerk_user_id");
  key = `user:v2:${clerkUserId}`;
});
afterAll(async () => {
  await uncompressing.close();
});
beforeEach(() => platform.kv.delete(key));

/** Of a dashboard with nothing cached: KV, the person in D1, the courses in D1. */
const askingForCourses = 3;
/** A browser without a screen says so, and is taken for a robot, which gets all at once. */
const userAgent =
  "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

const sizes = [
  { width: 1280, height: 800 },
  { width: 768, height: 1024 },
  { width: 390, height: 844 },
];

test.each(sizes)(
  "at $width pixels, courses that come late move nothing, and break no rule of the policy",
  async (viewport) => {
    const { page, leave } = await arriveAs("user", browser, platform, {
      viewport,
      userAgent,
      proxy: uncompressing.forBrowser,
    });
    const violations = await recordPolicyViolations(page.context());
    const complaints: string[] = [];
    page.on("console", (message) => {
      const isClerks = /@clerk\/remix is now|development keys/.test(message.text());
      const isComplaint = ["error", "warning"].includes(message.type()) && !isClerks;
      if (isComplaint) complaints.push(message.text());
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
    await platform.armFault({ step: askingForCourses, mode: "meets" });
    await page.goto("/dashboard", { waitUntil: "commit" });
    await page.getByRole("heading", { name: "Welcome, Grace Hopper" }).waitFor();
    await page.getByText("Loading your courses").waitFor({ state: "attached" });
    await page.getByText("grace@example.com").waitFor({ state: "attached" });
    await page.evaluate(() => document.fonts.ready);
    await fetch(`${platform.origin}/api/health`);
    await page.getByRole("link", { name: /^(Start|Continue): / }).waitFor();
    await page.getByRole("button", { name: "Open user menu" }).waitFor();
    const shifts = await page.evaluate(() => Reflect.get(window, "shifts"));
    expect(shifts).toEqual([]);
    expect(complaints).toEqual([]);
    // What is fetched ahead and again is not used: the same file, asked for in another mode.
    expect(fetched).toEqual([...new Set(fetched)]);
    expect(violations).toEqual([]);
    await leave();
  },
);

test("courses that cannot be read are there after another try", async () => {
  const { page, leave } = await arriveAs("user", browser, platform);
  await platform.armFault({ step: askingForCourses, mode: "fails" });
  await page.goto("/dashboard");
  await page.getByRole("alert").getByText("Your courses could not be loaded").waitFor();
  await page.getByRole("button", { name: "Open user menu" }).waitFor();
  await page.getByRole("link", { name: "Try again" }).click();
  await page.getByRole("link", { name: /^(Start|Continue): / }).waitFor();
  await leave();
});
