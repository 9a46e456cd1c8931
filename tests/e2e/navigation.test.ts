import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { findAccessibilityProblems } from "../support/accessibility.ts";
import { insertCourse } from "../support/courses.ts";
import { useBrowser, useSite } from "../support/fixtures.ts";
import { createSeedUsers, loginAs } from "../support/pages.ts";

const platform = await useSite();
const browser = await useBrowser();
beforeAll(async () => {
  // Older than the others, on the catalog's second page.
  for (let count = 0; count < 12; count++) await insertCourse(platform);
  await createSeedUsers(platform);
});

const userMenu = (page: Page) => page.getByRole("button", { name: "Open user menu" });
const focused = (page: Page) => page.locator(":focus");
const announced = (page: Page) => page.locator("body > [aria-live=polite]").textContent();

/** After a client-side navigation. */
async function expectNewPage(page: Page, heading: string, title: string): Promise<void> {
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
  await expect.poll(() => focused(page).textContent()).toBe(heading);
  expect(await focused(page).evaluate(({ tagName }) => tagName)).toBe("H1");
  expect(await page.title()).toBe(title);
  expect(await announced(page)).toBe(title);
}

async function pressLink(page: Page, name: string): Promise<void> {
  const link = page.getByRole("link", { name, exact: true }).first();
  await link.evaluate((element) => element.focus({ preventScroll: true }));
  await page.keyboard.press("Enter");
}

test("after each navigation by keyboard, the new page's heading has focus and its title is announced", async () => {
  const { page, close } = await loginAs("user", browser, platform);
  await page.goto("/");
  await userMenu(page).waitFor();
  expect(await announced(page)).toBe("");
  expect(await focused(page).count()).toBe(0);

  await pressLink(page, "Reading a map");
  await expectNewPage(page, "Reading a map", "Reading a map · Courses Platform");
  expect(await page.evaluate(() => scrollY)).toBe(0);
  await page.keyboard.press("Tab");
  expect(await focused(page).textContent()).toBe("Continue: Contour lines");
  await page.keyboard.press("Enter");
  const title = "Contour lines · Reading a map · Courses Platform";
  await expectNewPage(page, "Contour lines", title);

  await page.evaluate(() => scrollTo(0, 200));
  await pressLink(page, "My courses");
  await expectNewPage(page, "My courses", "My courses · Courses Platform");
  await page.goBack();
  await expectNewPage(page, "Contour lines", title);
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(200);

  const mark = page.getByRole("button", { name: "Mark as done" });
  await mark.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Done (undo)" }).waitFor();
  await page.getByText("3 of 5 lessons").waitFor();
  expect(await focused(page).textContent()).toContain("Done");
  await page.keyboard.press("Tab");
  expect(await focused(page).textContent()).toBe("Next lesson");
  expect(await findAccessibilityProblems(page)).toEqual([]);

  await page.getByRole("link", { name: "Skip to content" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL("**#content");
  await expect.poll(() => focused(page).getAttribute("id")).toBe("content");
  await close();
});

test("an error page has the title and the header of the signed-in user", async () => {
  const { page, close } = await loginAs("user", browser, platform);
  await page.goto("/dashboard");
  await userMenu(page).waitFor();
  await page.evaluate(() => Reflect.get(window, "__remixRouter").navigate("/admin"));
  const refused = "You don’t have access to this page";
  await expectNewPage(page, refused, `${refused} · Courses Platform`);
  for (const path of ["/no-such-page", "/courses/no-such-course", "/admin"]) {
    await page.goto(path);
    const heading = await page.getByRole("heading", { level: 1 }).textContent();
    expect(await page.title()).toBe(`${heading} · Courses Platform`);
    const links = page.getByRole("navigation", { name: "Main" }).getByRole("link");
    const names = ["Dashboard", "My courses", "Purchase history", "Account"];
    expect(await links.allTextContents(), path).toEqual(names);
  }
  await page.getByRole("link", { name: "My courses" }).click();
  await page.getByRole("heading", { name: "My courses" }).waitFor();
  await userMenu(page).waitFor();
  await page.context().clearCookies();
  await page.goto("/no-such-page");
  expect(await page.getByRole("navigation", { name: "Main" }).count()).toBe(0);
  await close();
});

test("the next page of a list gets focus at its start; a search keeps it in its field", async () => {
  const { page, close } = await loginAs("admin", browser, platform);
  await page.goto("/");
  await userMenu(page).waitFor();
  await pressLink(page, "Next");
  await expectNewPage(page, "More courses", "More courses · Courses Platform");
  await page.goto("/admin/courses");
  await userMenu(page).waitFor();
  await page.getByRole("searchbox").fill("Joins");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=Joins/);
  await page.getByRole("table", { name: /matching “Joins”/ }).waitFor();
  expect(await focused(page).getAttribute("name")).toBe("q");
  expect(await announced(page)).toBe("");
  await close();
});
