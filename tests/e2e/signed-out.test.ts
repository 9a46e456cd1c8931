import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { submitSignIn } from "../support/clerk-forms.ts";
import { insertCourse } from "../support/courses.ts";
import { useBrowser, usePlatform } from "../support/fixtures.ts";
import { openBrowser } from "../support/open-browser.ts";

const person = { email: "mary@example.com", password: "the connexion of the sciences" };

const platform = await usePlatform();
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

/** A page that is open, signed out, while its visitor signs in in another tab and closes that one. */
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

const comeBackTo = (page: Page) => page.evaluate(() => window.dispatchEvent(new Event("focus")));

test("a visitor who only reads loads nothing of Clerk; who signs in does, and comes back to the page", async () => {
  const { page, expectNoProblems, close } = await openBrowser(browser, platform.origin);
  const ofClerk: string[] = [];
  page.on("request", (request) => {
    if (/\/__clerk\/npm\/|\/build\/_shared\/components-/.test(request.url()))
      ofClerk.push(request.url());
  });
  await page.goto("/");
  await page.waitForLoadState("networkidle");
  await link(page, "Reading a map").click();
  await heading(page, "Reading a map").waitFor();
  await page.reload();
  await page.waitForLoadState("networkidle");
  expect(ofClerk).toEqual([]);
  expect(await page.evaluate(() => "Clerk" in window)).toBe(false);

  await link(page, "Sign in").click();
  await submitSignIn(page, person);
  await heading(page, "Reading a map").waitFor();
  await userMenu(page).waitFor();
  expect(ofClerk.length).toBeGreaterThan(0);
  expectNoProblems();
  await close();
});

test("a page that was open before shows who has signed in meanwhile, once somebody comes back to it", async () => {
  const { page, expectNoProblems, close } = await signInElsewhere("/courses/maps");
  await link(page, "Sign up to enrol").waitFor();
  await comeBackTo(page);
  await userMenu(page).waitFor();
  expectNoProblems();
  await close();
});

test("it does so too when their session token is too old by then", async () => {
  const { page, expectNoProblems, close } = await signInElsewhere("/courses/maps");
  await page.context().clearCookies({ name: /^__session/ });
  await comeBackTo(page);
  await userMenu(page).waitFor();
  expectNoProblems();
  await close();
});

test("who has signed in meanwhile and goes on in a page that was open before gets a document with Clerk", async () => {
  const { page, expectNoProblems, close } = await signInElsewhere("/");
  await link(page, "Reading a map").click();
  await userMenu(page).waitFor();
  expect(new URL(page.url()).pathname).toBe("/courses/maps");
  await page.getByRole("button", { name: "Start this course" }).waitFor();
  expectNoProblems();
  await close();
});

test("a page of Clerk's that comes into a document without Clerk is loaded as a document", async () => {
  const { page, expectNoProblems, close } = await openBrowser(browser, platform.origin);
  await page.goto("/");
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => Reflect.get(window, "__remixRouter").navigate("/sign-in"));
  await page.getByLabel("Email address").waitFor();
  expect(await page.locator("html[data-clerk]").count()).toBe(1);
  expectNoProblems();
  await close();
});
