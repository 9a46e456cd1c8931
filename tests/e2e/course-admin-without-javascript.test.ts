import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { useBrowser, useSite } from "../support/fixtures.ts";
import { createSeedUsers, loginAs } from "../support/pages.ts";

const platform = await useSite();
const browser = await useBrowser();
beforeAll(async () => {
  await createSeedUsers(platform);
});

const status = (page: Page) => page.locator("#outline-status");
const lessonsOf = (page: Page, section: string) =>
  page
    .getByRole("list", { name: `Lessons of ${section}` })
    .getByRole("link")
    .allTextContents();

test("without JavaScript, an admin creates, orders and publishes a course", async () => {
  const options = { javaScriptEnabled: false };
  const { page, close } = await loginAs("admin", browser, platform, options);
  await page.goto("/admin/courses/new");
  await page.getByLabel("Title").fill("By hand");
  await page.getByLabel("URL slug").fill("by-hand");
  await page.getByRole("textbox", { name: "Description" }).fill("kept");
  await page.getByLabel("Price").fill("free");
  await page.getByRole("button", { name: "Create course" }).click();
  await page.getByText("Enter a price in EUR such as").waitFor();
  expect(await page.getByRole("textbox", { name: "Description" }).inputValue()).toBe("kept");
  await page.getByLabel("Summary").fill("Plain posts");
  await page.getByLabel("Price").fill("0");
  await page.getByRole("button", { name: "Create course" }).click();

  await page.getByLabel("New section").fill("Only one");
  await page.getByRole("button", { name: "Add section" }).click();
  await page.getByRole("link", { name: "Add a lesson to Only one" }).click();
  for (const title of ["One", "Two"]) {
    await page.getByLabel("New lesson").fill(title);
    await page.getByRole("button", { name: "Add lesson" }).click();
    await status(page).getByText(`${title} was added.`).waitFor();
  }
  await page.getByRole("button", { name: "Move Two up" }).click();
  await status(page).getByText("Two is now 1 of 2 in Only one.").waitFor();
  expect(await lessonsOf(page, "Only one")).toEqual(["Two", "One"]);
  await page.getByRole("link", { name: "Two", exact: true }).click();
  expect(await page.getByRole("tab").count()).toBe(0);
  await page.getByLabel("Visible to").selectOption("public");
  await page.getByRole("button", { name: "Save lesson" }).click();
  await page.getByText("Saved.", { exact: true }).waitFor();
  await page.getByRole("link", { name: "Remove lesson…" }).click();
  await page.getByRole("link", { name: "Cancel" }).click();
  await page.getByRole("navigation", { name: "Course" }).getByText("Details").click();
  await page.getByRole("button", { name: "Publish" }).click();
  await page.getByText("Published.").waitFor();
  await page.goto("/");
  await page.getByText("By hand").waitFor();
  await close();
});
