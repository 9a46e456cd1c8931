import type { Page } from "playwright-core";
import { beforeEach, expect, test } from "vitest";
import { type Person, signUp } from "../support/clerk-forms.ts";
import { insertCourse } from "../support/courses.ts";
import { useBrowser, useSite } from "../support/fixtures.ts";
import { openBrowser } from "../support/open-browser.ts";
import { createSignedInUser } from "../support/signed-in-user.ts";

const platform = await useSite({ SELLER: "Courses Ltd., London" }, { withStripe: true });
const { stripe } = platform;
const browser = await useBrowser();

beforeEach(() => stripe.release());

const buyer = (email: string): Person => ({
  firstName: "Mary",
  lastName: "Somerville",
  email,
  password: "the connexion of the sciences",
});

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const link = (page: Page, name: string | RegExp) => page.getByRole("link", { name });

async function openAsUser(options: { javaScriptEnabled?: boolean } = {}) {
  const { cookies } = await createSignedInUser(platform);
  const session = await openBrowser(browser, platform.origin, options);
  const values = Object.entries(cookies).map(([name, value]) => ({ name, value }));
  await session.page.context().addCookies(values.map((one) => ({ ...one, url: platform.origin })));
  return session;
}

async function buy(page: Page): Promise<void> {
  await page.getByText("Sold by Courses Ltd., London").waitFor();
  await page.getByLabel("Give me access as soon as I have paid").check();
  await button(page, "Buy for €29.00").click();
  await page.waitForURL(`${platform.stripeOrigin}/pay/**`);
}

async function payByCard(page: Page): Promise<void> {
  await page.getByRole("heading", { name: "Pay €29.00" }).waitFor();
  await button(page, "Pay €29.00").click();
  await page.waitForURL(`${platform.origin}/purchases/*?checkout=done`);
}

test("a visitor finds a priced course, signs up, pays by card, learns and gets a receipt", async () => {
  const course = await insertCourse(platform, { title: "Writing a letter", priceMinor: 2_900 });
  const { page, close } = await openBrowser(browser, platform.origin);
  await page.goto("/");
  await link(page, "Writing a letter").click();
  await link(page, "Sign up to enroll").click();
  await signUp(page, buyer("mary@example.com"));
  await page.waitForURL(`**${course.path}`);
  await buy(page);
  expect(await page.getByLabel("Email").inputValue()).toBe("mary@example.com");
  await page.getByLabel("Card that is declined").check();
  await button(page, "Pay €29.00").click();
  await page.getByText("Your card was declined.").waitFor();
  await payByCard(page);
  await stripe.waitForIdle();
  await page.reload();
  await page.getByRole("heading", { name: "Receipt" }).waitFor();
  await page.getByText("Courses Ltd., London").waitFor();
  await button(page, "Print receipt").waitFor();
  await link(page, "Go to the course").click();
  await link(page, "Start").click();
  await page.waitForURL(`**${course.path}/lessons/lesson-1`);
  await close();
});

test("a buyer whose confirmation is late checks the payment", async () => {
  const course = await insertCourse(platform, { title: "A late answer", priceMinor: 2_900 });
  const { page, close } = await openAsUser();
  await page.goto(course.path);
  await stripe.hold();
  await buy(page);
  await payByCard(page);
  await page.getByText("We are waiting for the confirmation").waitFor();
  await platform.db.exec("update payments set checked_at = 0");
  await button(page, "Check payment").click();
  await page.getByRole("heading", { name: "Receipt" }).waitFor();
  await page.getByText("Visa ending in 4242").waitFor();
  await close();
});

test("without JavaScript, a buyer pays, and cancels another order", async () => {
  const course = await insertCourse(platform, { title: "Plain forms", priceMinor: 2_900 });
  const other = await insertCourse(platform, { title: "Another form", priceMinor: 2_900 });
  const { page, close } = await openAsUser({ javaScriptEnabled: false });
  await page.goto(course.path);
  await buy(page);
  await payByCard(page);
  await stripe.waitForIdle();
  await page.goto(`${course.path}/lessons/lesson-2`);
  await page.getByText("The text of lesson 2.").waitFor();

  await page.goto(other.path);
  await buy(page);
  await link(page, "Cancel and return to the shop").click();
  await page.getByText("This order is not paid yet.").waitFor();
  await button(page, "Cancel order").click();
  await page.getByText("This order was canceled.").waitFor();
  await close();
});

test("a buyer who closes the tab after paying has the course", async () => {
  const course = await insertCourse(platform, { title: "A closed tab", priceMinor: 2_900 });
  const { page, close } = await openAsUser();
  await page.goto(course.path);
  await buy(page);
  await page.getByRole("heading", { name: "Pay €29.00" }).waitFor();
  const sessionId = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  await page.goto("about:blank");
  await stripe.pay(sessionId);
  await stripe.waitForIdle();
  await page.goto(`${platform.origin}${course.path}/lessons/lesson-2`);
  await page.getByText("The text of lesson 2.").waitFor();
  await close();
});
