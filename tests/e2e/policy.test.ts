import { beforeAll, expect, onTestFinished, test } from "vitest";
import { submitSignIn } from "../support/clerk-forms.ts";
import { playClerkProtect, protectUrls } from "../support/clerk-protect.ts";
import { useBrowser, useSite } from "../support/fixtures.ts";
import { openPage } from "../support/open-page.ts";
import { createSeedUsers, loginAs } from "../support/pages.ts";
import { startPlatform } from "../support/platform.ts";
import { recordPolicyViolations } from "../support/policy-violations.ts";

const platform = await useSite();
const browser = await useBrowser();
beforeAll(async () => {
  await createSeedUsers(platform);
});

test("an injected script does not run", async () => {
  const { page, close } = await loginAs("visitor", browser, platform);
  const violations = recordPolicyViolations(page.context());
  await page.goto("/");
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'taken over'";
    document.body.appendChild(script);
  });
  await expect.poll(() => violations).toEqual([expect.stringContaining("script-src-elem inline")]);
  expect(await page.title()).toBe("Courses Platform");
  await close();
});

test("Clerk's protection scripts, frames and requests are allowed", async () => {
  // Without CLERK_API_URL, the settings are those of the real Clerk.
  const clerkJs = "/__clerk/npm/@clerk/clerk-js@5/dist/clerk.browser.js";
  const site = await startPlatform({ CLERK_API_URL: "", CLERK_JS: clerkJs });
  onTestFinished(() => site.close());
  const { page, close } = await openPage(browser, site.origin, { isFresh: true });
  onTestFinished(close);
  const context = page.context();
  const violations = recordPolicyViolations(context);
  const requested = await playClerkProtect(context);
  await page.goto("/sign-in");
  await page.getByLabel("Email address").waitFor();
  await expect.poll(() => [...violations, ...requested]).toEqual(protectUrls);
});

test.each([
  "https://evil.example/",
  "//evil.example/",
  "/\\evil.example/",
  "javascript:document.title='taken'",
])("signing in with the redirect URL %s stays on this site", async (target) => {
  const { page, close } = await loginAs("visitor", browser, platform);
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(platform.origin)) elsewhere.push(request.url());
  });
  await page.goto(`/sign-in?redirect_url=${encodeURIComponent(target)}`);
  await submitSignIn(page, { email: "grace@example.com", password: "grace-local-password" });
  await page.getByRole("button", { name: "Open user menu" }).waitFor();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  expect(new URL(page.url()).origin).toBe(platform.origin);
  expect(elsewhere.filter((url) => url.startsWith("http"))).toEqual([]);
  await close();
});
