import type { Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { signOut, submitSignIn, submitSignUp, typeCode } from "../support/clerk-forms.ts";
import { expireSessionToken } from "../support/expired-session.ts";
import { type ClerkSite, startClerkSite } from "../support/https/clerk-site.ts";
import { openBrowser } from "../support/open-browser.ts";

const mary = {
  firstName: "Mary",
  lastName: "Somerville",
  email: "mary@example.com",
  password: "the connexion of the sciences",
};
const elsewhere = "https://elsewhere.example";
const setups = ["cname", "proxy", "development"] as const;
/** One of them verifies sessions with the keys that Clerk's API lists. */
const variables = { cname: { CLERK_JWT_KEY: "" }, proxy: {}, development: {} };

test.each(setups)(
  "in the setup %s, a user signs up, reloads, loses the session token, opens the profile, signs out and in again",
  async (setup) => {
    const site = await startClerkSite(setup, { variables: variables[setup] });
    onTestFinished(site.close);
    const { platform, browser, clerkOrigins } = site;
    const otherOrigins = [...clerkOrigins, elsewhere];
    const { page, expectNoProblems } = await openBrowser(browser, platform.appOrigin, {
      otherOrigins,
    });
    const handshakes = recordHandshakes(page);

    await page.goto("/");
    expect(handshakes).toEqual([]);
    await page.getByRole("link", { name: "Create an account" }).click();
    const codeSent = page.waitForResponse(/prepare_verification/);
    await submitSignUp(page, mary);
    await codeSent;
    const [email] = await platform.clerk.listEmails({ to: mary.email });
    await typeCode(page, email?.code ?? "");
    await expectDashboard(page);
    await expectCookies(page, setup);

    await page.reload();
    await expectDashboard(page);

    await loseSessionToken(page);
    await expectOneHandshake(handshakes, async () => {
      await page.goto("/dashboard?tab=1");
      await expectDashboard(page);
    });
    expect(page.url()).toBe(`${platform.appOrigin}/dashboard?tab=1`);
    await expectCookies(page, setup);

    await returnByLink(page, site, "/dashboard");
    await expectOneHandshake(handshakes, async () => {
      await page.getByRole("link", { name: "Continue" }).click();
      await expectDashboard(page);
    });

    await page.goto("/account");
    await page.getByText("Profile details", { exact: true }).waitFor();
    await page.getByText("Mary Somerville").first().waitFor();

    await signOut(page);
    await page.getByRole("banner").getByRole("link", { name: "Sign in" }).waitFor();
    await page.goto("/dashboard");
    await page.waitForURL("**/sign-in?redirect_url=*");
    await submitSignIn(page, mary);
    await expectDashboard(page);

    expectNoProblems();
  },
);

async function expectDashboard(page: Page): Promise<void> {
  await page.getByRole("heading", { name: "Welcome, Mary Somerville" }).waitFor();
  await page.getByRole("button", { name: "Open user menu" }).waitFor();
}

function recordHandshakes(page: Page): string[] {
  const handshakes: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/v1/client/handshake")) handshakes.push(request.url());
  });
  return handshakes;
}

async function expectOneHandshake(handshakes: string[], act: () => Promise<void>): Promise<void> {
  const before = handshakes.length;
  await act();
  expect(handshakes.slice(before)).toHaveLength(1);
}

/** On an empty page, where ClerkJS cannot set it again. */
async function loseSessionToken(page: Page): Promise<void> {
  await page.goto("about:blank");
  await page.context().clearCookies({ name: /^__session/ });
}

/** Shows a page of another site with a link, when the session token has expired. */
async function returnByLink(page: Page, { platform }: ClerkSite, path: string): Promise<void> {
  const body = `<a href="${platform.appOrigin}${path}">Continue</a>`;
  await page.route(elsewhere, (route) => route.fulfill({ contentType: "text/html", body }));
  await page.goto(elsewhere);
  await expireSessionToken(page, platform);
}

async function expectCookies(page: Page, setup: (typeof setups)[number]): Promise<void> {
  const cookies = await page.context().cookies();
  const names = cookies.map(({ name }) => name);
  expect(names.filter((name) => name.startsWith("__clerk_handshake"))).toEqual([]);
  const client = cookies.find(({ name }) => name === "__client");
  const uats = cookies.filter(({ name }) => name.startsWith("__client_uat"));
  expect(uats).toHaveLength(2);
  if (setup === "development") {
    expect(names).toContain("__clerk_db_jwt");
    expect(client).toBeUndefined();
    return;
  }
  expect(names).not.toContain("__clerk_db_jwt");
  const isProtected = { secure: true, sameSite: "Lax" };
  const host = setup === "cname" ? ".clerk.example.test" : ".www.example.test";
  expect(client).toMatchObject({ domain: host, httpOnly: true, ...isProtected });
  for (const uat of uats) expect(uat).toMatchObject({ domain: ".example.test", ...isProtected });
}
