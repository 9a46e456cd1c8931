import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { insertManyUsers } from "../support/admin-console.ts";
import { useBrowser, useSite } from "../support/fixtures.ts";
import { openBrowser } from "../support/open-browser.ts";
import { createSeedUsers, loginAs } from "../support/pages.ts";
import { tooMany } from "../support/search.ts";

const platform = await useSite();
const browser = await useBrowser();
beforeAll(async () => {
  await createSeedUsers(platform);
  await insertManyUsers(platform, 6_000);
});

async function search(page: Page, text: string): Promise<void> {
  await page.getByRole("searchbox").fill(text);
  await page.getByRole("searchbox").press("Enter");
  await page.waitForURL((url) => url.searchParams.get("q") === text);
}

const rowsOf = (page: Page) =>
  page.locator("tbody tr", { has: page.locator('a[href^="/admin/users/"]') });

describe.each([
  ["a wide", { width: 1280, height: 800 }],
  ["a narrow", { width: 390, height: 844 }],
] as const)("on %s screen", (_, viewport) => {
  test("a signed-out visitor without JavaScript finds a course in the catalog", async () => {
    const options = { javaScriptEnabled: false, viewport };
    const { page, close, expectNoProblems } = await openBrowser(browser, platform.origin, options);
    await page.goto("/");
    await search(page, "MÄP read");
    await page.getByRole("heading", { name: "Courses matching “MÄP read”" }).waitFor();
    await page.getByRole("link", { name: "Reading a map" }).click();
    await page.getByRole("heading", { name: "Reading a map", level: 1 }).waitFor();
    await page.goto("/?q=drawing");
    await page.getByText("No courses match").waitFor();
    await page.getByRole("link", { name: "Show all courses" }).click();
    await page.getByRole("heading", { name: "Courses", exact: true }).waitFor();
    expectNoProblems();
    await close();
  });

  test("an admin finds a person, a course, its learner and a purchase", async () => {
    const { page, close } = await loginAs("admin", browser, platform, { viewport });
    const menu = page.getByRole("navigation", { name: "Admin" });
    const heading = (name: string) =>
      page.getByRole("heading", { name, exact: true, level: 1 }).waitFor();
    await page.goto("/admin/users");
    await search(page, "person");
    await page.getByText(tooMany).waitFor();
    await search(page, "hop gra");
    await expect.poll(() => rowsOf(page).count()).toBe(1);
    await page.getByRole("link", { name: "Grace Hopper" }).waitFor();
    await search(page, "person-0000042@example");
    await page.getByText("person-0000042@example.com").waitFor();

    await menu.getByText("Courses").click();
    await heading("Courses");
    await search(page, "join");
    await page.getByRole("link", { name: "Joins by example" }).click();
    await page.getByRole("navigation", { name: "Course" }).getByText("Learners").click();
    await page.getByRole("rowheader", { name: /Featherstonehaugh/ }).waitFor();
    await search(page, "hop grace");
    await expect.poll(() => rowsOf(page).count()).toBe(1);
    await page.getByRole("button", { name: "Enroll again: Grace Hopper" }).click();
    await page.getByText("Grace Hopper now has access to this course.").waitFor();
    await page.getByRole("button", { name: "Revoke: Grace Hopper" }).click();
    await page.getByText("Grace Hopper no longer has access to this course.").waitFor();
    await expect.poll(() => rowsOf(page).count()).toBe(1);
    await search(page, "person");
    await page.getByText("No learners match “person”.").waitFor();
    await page.getByRole("link", { name: "Show all learners" }).click();
    await page.getByRole("rowheader", { name: /Featherstonehaugh/ }).waitFor();

    await menu.getByText("Purchases").click();
    await heading("Purchases");
    await search(page, "cp9qrs8tvwxy");
    await expect.poll(() => rowsOf(page).count()).toBe(1);
    await search(page, "grace join");
    await expect.poll(() => rowsOf(page).count()).toBe(2);
    await page.getByLabel("Status").selectOption("refunded");
    await page.getByLabel("Ordered from").fill("2025-10-01");
    await page.getByRole("button", { name: "Search" }).click();
    await page.waitForURL(/from=2025-10-01/);
    await expect.poll(() => rowsOf(page).count()).toBe(1);
    await page.getByText("CP-2345ABCDEF").first().waitFor();
    await page.getByLabel("Ordered until").fill("2025-10-01");
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByText("No purchases match.").waitFor();
    await close();
  });
});
