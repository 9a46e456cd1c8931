import { afterEach, beforeAll, expect, test } from "vitest";
import { submitSignIn, typeCode } from "../support/clerk-forms.ts";
import { useBrowser, useSite } from "../support/fixtures.ts";
import { openBrowser } from "../support/open-browser.ts";

const person = { email: "mary@example.com", password: "the connexion of the sciences" };

const platform = await useSite();
const browser = await useBrowser();
beforeAll(async () => {
  await platform.clerk.createUser({
    emailAddresses: [person.email],
    password: person.password,
    firstName: "Mary",
  });
  await platform.clerk.waitForIdle();
});
afterEach(() => platform.clerk.updateSettings({ signIn: { deviceTrust: "off" } }));

test.each(["needs_client_trust", "needs_second_factor"] as const)(
  "a password from a new browser that answers %s leads to a code, then to the page",
  async (deviceTrust) => {
    await platform.clerk.updateSettings({ signIn: { deviceTrust } });
    const { page, close } = await openBrowser(browser, platform.origin);
    await page.goto("/courses");
    const codeSent = page.waitForResponse(/prepare_second_factor/);
    await submitSignIn(page, person);
    await codeSent;
    await page.getByText("You're signing in from a new device.").waitFor();
    const [email] = await platform.clerk.listEmails({ to: person.email });
    await typeCode(page, email?.code ?? "");
    await page.getByRole("button", { name: "Open user menu" }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/courses");
    await close();
  },
);

test("someone who has no code can leave that step and sign in with another address", async () => {
  await platform.clerk.updateSettings({ signIn: { deviceTrust: "needs_client_trust" } });
  const { page, close } = await openBrowser(browser, platform.origin);
  await page.goto("/sign-in");
  await submitSignIn(page, person);
  await page.waitForURL("**/sign-in/factor-two");
  await page.getByText("You're signing in from a new device.").waitFor();
  await page.goto("/sign-up");
  await page.getByRole("link", { name: "Sign in" }).last().click();
  await page.getByLabel("Email address").fill("another@example.com");
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await page.locator("#error-identifier").getByText("Couldn't find your account.").waitFor();
  await close();
});

test("if the browser cannot be verified, the page says how to sign in instead", async () => {
  await platform.clerk.updateSettings({ signIn: { deviceTrust: "needs_client_trust" } });
  const { page, close } = await openBrowser(browser, platform.origin);
  await page.route("**/__clerk/v1/client**", async (route) => {
    if (route.request().url().includes("handshake")) return route.continue();
    const response = await route.fetch();
    const text = await response.text();
    const factors = /"supported_second_factors":\[[^\]]*\]/g;
    await route.fulfill({
      response,
      body: text.replace(factors, '"supported_second_factors":[]'),
    });
  });
  await page.goto("/sign-in");
  await submitSignIn(page, person);
  await page.getByText("this browser is new to us").waitFor();
  await page.getByRole("link", { name: "Start again" }).click();
  await page.getByLabel("Email address").fill(person.email);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await page.getByRole("link", { name: "Use another method" }).click();
  const codeSent = page.waitForResponse(/prepare_first_factor/);
  await page.getByRole("button", { name: `Email code to ${person.email}` }).click();
  await codeSent;
  await typeCode(page, "424242");
  await page.waitForURL("**/dashboard");
  await close();
});
