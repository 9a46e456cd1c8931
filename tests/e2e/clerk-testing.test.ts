import { clerk, clerkSetup } from "@clerk/testing/playwright";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { localClerkKeys } from "../clerk/environment.ts";
import { useBrowser, usePlatform } from "../support/fixtures.ts";
import { openBrowser } from "../support/open-browser.ts";

const platform = await usePlatform();
const browser = await useBrowser();
const identifier = "mary@example.com";
const password = "the connexion of the sciences";

beforeAll(async () => {
  await platform.clerk.createUser({ emailAddresses: [identifier], password });
  await platform.clerk.waitForIdle();
  // `clerkSetup` sets these.
  vi.stubEnv("CLERK_FAPI", "");
  vi.stubEnv("CLERK_TESTING_TOKEN", "");
  vi.stubEnv("CLERK_API_URL", `${platform.clerkOrigin}/bapi`);
  const { publishableKey, secretKey } = localClerkKeys;
  await clerkSetup({ publishableKey, secretKey, dotenv: false });
});
afterAll(() => void vi.unstubAllEnvs());

test("@clerk/testing signs in and out", async () => {
  expect(process.env.CLERK_TESTING_TOKEN).toMatch(/^testing_/);
  const { page, close } = await openBrowser(browser, platform.origin);
  await page.goto("/sign-in");
  await clerk.signIn({ page, signInParams: { strategy: "password", identifier, password } });
  await page.goto("/dashboard");
  await page.getByRole("heading", { name: "Welcome" }).waitFor();
  await clerk.signOut({ page });
  const response = await page.goto("/dashboard");
  expect(new URL(response?.url() ?? "").pathname).toBe("/sign-in");
  await close();
});
