import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { submitSignIn } from "../support/clerk-forms.ts";
import { insertCourse } from "../support/courses.ts";
import { useBrowser, useSite } from "../support/fixtures.ts";
import { openBrowser } from "../support/open-browser.ts";

const person = { email: "mary@example.com", password: "the connexion of the sciences" };

const platform = await useSite();
const browser = await useBrowser();
beforeAll(async () => {
  await insertCourse(platform, { title: "Reading a map", slug: "maps" });
  await platform.clerk.createUser({
    emailAddresses: [person.email],
    password: person.password,
    firstName: "Mary",
  });
  await platform.clerk.waitForIdle();
});

const link = (page: Page, name: string) => page.getByRole("link", { name, exact: true });
const heading = (page: Page, name: string) => page.getByRole("heading", { name, level: 1 });
const userMenu = (page: Page) => page.getByRole("button", { name: "Open user menu" });

/** Opens a page signed out, then signs in in another tab and closes that tab. */
async function signInElsewhere(path: string) {
  const visitor = await openBrowser(browser, platform.origin);
  await visitor.page.goto(path);
  await visitor.page.waitForLoadState("networkidle");
  const other = await visitor.page.context().newPage();
  await other.goto("/sign-in");
  await submitSignIn(other, person);
  await other.waitForURL("**/dashboard");
  await userMenu(other).waitFor();
  await other.close();
  return visitor;
}

const returnTo = (page: Page) => page.evaluate(() => window.dispatchEvent(new Event("focus")));

test("signed-out visitors load nothing from Clerk; signing in loads it and returns to the page", async () => {
  const { page, expectNoProblems, close } = await openBrowser(browser, platform.origin);
  const clerkRequests: string[] = [];
  page.on("request", (request) => {
    if (/\/__clerk\/npm\/|\/build\/_shared\/components-/.test(request.url()))
      clerkRequests.push(request.url());
  });
  await page.goto("/");
  await page.waitForLoadState("networkidle");
  await link(page, "Reading a map").click();
  await heading(page, "Reading a map").waitFor();
  await page.reload();
  await page.waitForLoadState("networkidle");
  expect(clerkRequests).toEqual([]);
  expect(await page.evaluate(() => "Clerk" in window)).toBe(false);

  await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
  await submitSignIn(page, person);
  await heading(page, "Reading a map").waitFor();
  await userMenu(page).waitFor();
  expect(clerkRequests.length).toBeGreaterThan(0);
  expectNoProblems();
  await close();
});

test("an open page shows the user who signed in in another tab once it gets focus", async () => {
  const { page, expectNoProblems, close } = await signInElsewhere("/courses/maps");
  await link(page, "Sign up to enroll").waitFor();
  await returnTo(page);
  await userMenu(page).waitFor();
  expectNoProblems();
  await close();
});

test("it also does so when the session token has expired", async () => {
  const { page, expectNoProblems, close } = await signInElsewhere("/courses/maps");
  await page.context().clearCookies({ name: /^__session/ });
  await returnTo(page);
  await userMenu(page).waitFor();
  expectNoProblems();
  await close();
});

test("navigating from an open page after signing in elsewhere loads a document with Clerk", async () => {
  const { page, expectNoProblems, close } = await signInElsewhere("/");
  await link(page, "Reading a map").click();
  await userMenu(page).waitFor();
  expect(new URL(page.url()).pathname).toBe("/courses/maps");
  await page.getByRole("button", { name: "Enroll for free" }).waitFor();
  expectNoProblems();
  await close();
});

test("navigating to a Clerk page from a document without Clerk forces a full page load", async () => {
  const { page, expectNoProblems, close } = await openBrowser(browser, platform.origin);
  await page.goto("/");
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => Reflect.get(window, "__remixRouter").navigate("/sign-in"));
  await page.getByLabel("Email address").waitFor();
  expect(await page.locator("html[data-clerk]").count()).toBe(1);
  expectNoProblems();
  await close();
});
