import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { findAccessibilityProblems } from "../support/accessibility.ts";
import { signOut, submitSignIn } from "../support/clerk-forms.ts";
import { endSession, expireSessionToken, startSession } from "../support/expired-session.ts";
import { useBrowser, useSite } from "../support/fixtures.ts";
import { isHydrated } from "../support/hydration.ts";
import { password, seedUsers } from "../support/pages/seed-users.ts";
import { createSeedUsers, loginAs, sitePages } from "../support/pages.ts";

const platform = await useSite();
const browser = await useBrowser();
beforeAll(() => createSeedUsers(platform));

const text = "Four hundred characters of a lesson. ".repeat(11);
const textField = (page: Page) => page.getByRole("textbox", { name: "Text" });
const save = (page: Page) => page.getByRole("button", { name: "Save lesson" });
const saved = (page: Page) => page.getByText("Saved.", { exact: true });
const restore = (page: Page) => page.getByRole("button", { name: "Restore my text" });
const storedTexts = (page: Page) =>
  page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith("unsaved-text:")));

const show = (name: string, page: Page) =>
  sitePages.find((sitePage) => sitePage.name === name)?.show(page);

/** An admin on the page of a lesson. */
async function openLesson() {
  const { page, close } = await loginAs("admin", browser, platform);
  await show("admin-lesson", page);
  return { page, close };
}

async function waitForHydration(page: Page): Promise<void> {
  await page.waitForFunction(isHydrated, "[role=tab]");
  await page.getByRole("tab", { name: "Preview" }).click();
  await page.locator(".markdown").waitFor();
  await page.getByRole("tab", { name: "Write" }).click();
}

test("with an expired token, previewing and saving renew it first", async () => {
  const { page, close } = await openLesson();
  await textField(page).fill(`**Bold**. ${text}`);
  await expireSessionToken(page, platform);
  await page.getByRole("tab", { name: "Preview" }).click();
  await page.locator(".markdown strong", { hasText: "Bold" }).waitFor();
  await page.getByRole("tab", { name: "Write" }).click();
  await expireSessionToken(page, platform);
  await save(page).click();
  await saved(page).waitFor();
  await page.reload();
  expect(await textField(page).inputValue()).toBe(`**Bold**. ${text}`);
  expect(await restore(page).count()).toBe(0);
  await close();
});

test("with an expired token, a form that is sent twice before ClerkJS has loaded is saved once", async () => {
  const { page, close } = await openLesson();
  const scripts = Promise.withResolvers<void>();
  await page.route(/clerk\.browser\.js/, async (route) => {
    await scripts.promise;
    await route.continue();
  });
  await page.reload({ waitUntil: "domcontentloaded" });
  await waitForHydration(page);
  const posts: string[] = [];
  page.on("request", (request) => request.method() === "POST" && posts.push(request.url()));
  await textField(page).fill(`Typed early. ${text}`);
  await expireSessionToken(page, platform);
  await save(page).click();
  await page.locator("form[aria-busy=true]").waitFor();
  await save(page).click();
  scripts.resolve();
  await saved(page).waitFor();
  expect(posts.filter((url) => url.includes("/lessons/"))).toHaveLength(1);
  await close();
});

test("with an expired token, a move in the outline is saved", async () => {
  const { page, close } = await loginAs("admin", browser, platform);
  await show("admin-outline", page);
  await expireSessionToken(page, platform);
  await page.getByRole("button", { name: "Move What a join does down" }).click();
  await page.locator("#outline-status").getByText("What a join does is now").waitFor();
  expect(new URL(page.url()).pathname).toMatch(/outline$/);
  await close();
});

test("after the session has ended, signing in offers the text again", async () => {
  const { page, close } = await openLesson();
  await textField(page).fill(text);
  await endSession(page, platform);
  await save(page).click();
  await submitSignIn(page, { email: seedUsers.admin.email, password });
  await restore(page).click();
  expect(await textField(page).inputValue()).toBe(text);
  await save(page).click();
  await saved(page).waitFor();
  expect(await storedTexts(page)).toEqual([]);
  await close();
});

test("signing out deletes the kept text in every tab, and nobody else is offered it", async () => {
  const { page, close } = await openLesson();
  await textField(page).fill(`Unsaved. ${text}`);
  const other = await page.context().newPage();
  await other.goto(page.url());
  await textField(other).fill(`Unsaved. ${text}`);
  for (const tab of [page, other]) {
    const url = tab.url();
    await tab.goto("/dashboard");
    await tab.goto(url);
    await restore(tab).waitFor();
    expect(await storedTexts(tab)).toHaveLength(1);
  }
  const away = await page.context().newPage();
  await away.goto(page.url());
  await textField(away).fill(`Unsaved. ${text}`);
  await away.goto("about:blank");
  await signOut(page);
  await page.waitForURL("**/");
  for (const tab of [page, other]) await expect.poll(() => storedTexts(tab)).toEqual([]);
  await away.goto("/sign-in");
  await expect.poll(() => storedTexts(away)).toEqual([]);
  await close();
});

test("another user is not offered the text", async () => {
  const { page, close } = await openLesson();
  const { pathname } = new URL(page.url());
  await textField(page).fill(`Unsaved. ${text}`);
  await endSession(page, platform);
  await save(page).click();
  await page.waitForURL("**/sign-in?**");
  expect(await storedTexts(page)).toHaveLength(1);
  await startSession(page, platform, seedUsers.user.email);
  await page.goto(pathname);
  await page.goto("/dashboard");
  await page.getByRole("button", { name: "Open user menu" }).waitFor();
  await expect.poll(() => storedTexts(page)).toEqual([]);
  await close();
});

test("without JavaScript, the page of a failed post has the text and sends it again", async () => {
  const { page, close } = await loginAs("admin", browser, platform, { javaScriptEnabled: false });
  const lesson = await platform.db
    .prepare("select id, course_id from lessons where title = 'What a join does'")
    .first<{ id: string; course_id: string }>();
  const path = `/admin/courses/${lesson?.course_id}/lessons/${lesson?.id}`;
  await page.goto(path);
  await textField(page).fill(`${text}\n\nWithout scripts`);
  await expireSessionToken(page, platform);
  await save(page).click();
  await page.getByRole("heading", { name: "Sign in to save this" }).waitFor();
  expect(await page.getByLabel("Body").inputValue()).toBe(`${text}\n\nWithout scripts`);
  const opened = page.context().waitForEvent("page");
  await page.getByRole("link", { name: "Sign in (new tab)" }).click();
  await (await opened).waitForURL(`**${path}`);
  await page.getByRole("button", { name: "Send again" }).click();
  await saved(page).waitFor();
  expect(await textField(page).inputValue()).toBe(`${text}\n\nWithout scripts`);
  await close();
});

test("the page of a failed post is accessible", async () => {
  const { page, close } = await loginAs("visitor", browser, platform);
  await page.goto("/");
  await page.evaluate(() => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = "/admin/courses/new";
    form.innerHTML =
      '<input name="title" value="Reading a map"><textarea name="description">One\nTwo</textarea>';
    document.body.appendChild(form);
    form.submit();
  });
  await page.getByRole("heading", { name: "Sign in to save this" }).waitFor();
  expect(await page.getByLabel("Description").inputValue()).toBe("One\nTwo");
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await close();
});
