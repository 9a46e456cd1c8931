import { createClerkClient } from "@clerk/backend";
import { clerk, clerkSetup } from "@clerk/testing/playwright";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { localClerkKeys } from "../clerk/environment.ts";
import { useBrowser, useSite } from "../support/fixtures.ts";
import { openBrowser } from "../support/open-browser.ts";

const platform = await useSite();
const browser = await useBrowser();
// An address of Clerk's test mode, which the strategy `email_code` asks for.
const identifier = "mary+clerk_test@example.com";
const backend = createClerkClient({
  secretKey: localClerkKeys.secretKey,
  apiUrl: `${platform.clerkOrigin}/bapi`,
});
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

test.each(["password", "email_code", "ticket"] as const)(
  "@clerk/testing signs in by %s, and out",
  async (strategy) => {
    expect(process.env.CLERK_TESTING_TOKEN).toMatch(/^testing_/);
    const { page, close } = await openBrowser(browser, platform.origin, { isFresh: true });
    await page.goto("/sign-in");
    await clerk.signIn({ page, signInParams: await signInParams(strategy) });
    await page.goto("/dashboard");
    await page.getByRole("heading", { name: "Welcome" }).waitFor();
    await clerk.signOut({ page });
    const response = await page.goto("/dashboard");
    expect(new URL(response?.url() ?? "").pathname).toBe("/sign-in");
    await close();
  },
);

async function signInParams(strategy: "password" | "email_code" | "ticket") {
  if (strategy === "password") return { strategy, identifier, password };
  if (strategy === "email_code") return { strategy, identifier };
  const [user] = await platform.clerk.listUsers({ emailAddress: identifier });
  const { token } = await backend.signInTokens.createSignInToken({
    userId: user?.id ?? "",
    expiresInSeconds: 60,
  });
  return { strategy, ticket: token };
}
