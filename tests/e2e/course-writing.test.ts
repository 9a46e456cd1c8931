import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { orderOf } from "../support/course-console.ts";
import { useBrowser, useSite } from "../support/fixtures.ts";
import { createSeedUsers, loginAs } from "../support/pages.ts";
import { recordPolicyViolations } from "../support/policy-violations.ts";

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

test("an admin writes, previews, reorders and publishes a course; a visitor sees it", async () => {
  const { page, close } = await loginAs("admin", browser, platform);
  const violations = recordPolicyViolations(page.context());
  await page.goto("/admin/courses");
  await page.getByRole("link", { name: "New course" }).click();
  await page.getByRole("button", { name: "Create course" }).click();
  await page.getByText("Enter a title.").waitFor();
  await expect.poll(() => page.locator(":focus").getAttribute("name")).toBe("title");

  await page.getByLabel("Title").fill("Élan & Côté");
  await expect.poll(() => page.getByLabel("URL slug").inputValue()).toBe("elan-cote");
  await page.getByLabel("URL slug").fill("élan");
  await page.getByText("Use lowercase letters, digits and single hyphens, such as").waitFor();
  await page.getByLabel("Title").fill("Élan & Co");
  await page.getByLabel("URL slug").fill("elan");
  await page.getByLabel("Summary").fill("With verve");
  await page.getByRole("textbox", { name: "Description" }).fill("Learn **verve**.");
  await page.getByRole("tab", { name: "Preview" }).click();
  await page.locator(".markdown strong", { hasText: "verve" }).waitFor();
  await page.getByRole("radio", { name: "leaves" }).check();
  await page.getByLabel("Price").fill("12,50");
  await page.getByRole("button", { name: "Create course" }).click();
  await page.getByText("Course created as a draft").waitFor();

  await page.getByLabel("New section").fill("First steps");
  await page.keyboard.press("Enter");
  await status(page).getByText("First steps was added.").waitFor();
  await expect.poll(() => page.getByLabel("New section").inputValue()).toBe("");
  await page.getByRole("link", { name: "Add a lesson to First steps" }).click();
  for (const title of ["Begin", "Go on", "Finish"]) {
    await page.getByLabel("New lesson").fill(title);
    await page.keyboard.press("Enter");
    await status(page).getByText(`${title} was added.`).waitFor();
    await expect.poll(() => page.getByLabel("New lesson").inputValue()).toBe("");
    // Focus stays in the field, ready for the next title.
    await expect.poll(() => page.locator(":focus").getAttribute("name")).toBe("title");
  }
  expect(await lessonsOf(page, "First steps")).toEqual(["Begin", "Go on", "Finish"]);
  await page.getByRole("button", { name: "Move Finish up" }).focus();
  for (const _ of [1, 2]) await page.keyboard.press("Enter");
  const id = new URL(page.url()).pathname.split("/").at(-2) ?? "";
  // Both moves are saved even when the page is left immediately.
  await publishLesson(page, "Begin");
  expect(await orderOf(platform, id)).toEqual(["First steps: Finish, Begin, Go on"]);
  await publishLesson(page, "Finish");

  await page.getByRole("link", { name: "Go on" }).click();
  await page
    .getByRole("textbox", { name: "Text" })
    .fill("# Go on\n\n| a | b |\n| - | - |\n| 1 | 2 |");
  // Shift+Tab focuses the selected tab; arrow keys select another.
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("ArrowRight");
  await page.getByRole("cell", { name: "2" }).waitFor();
  await page.keyboard.press("ArrowLeft");
  await page.getByLabel("Visible to").selectOption("preview");
  await page.getByRole("button", { name: "Save lesson" }).click();
  await page.getByText("Saved.", { exact: true }).waitFor();
  await expect.poll(() => page.locator(":focus").textContent()).toBe("Saved.");

  await page.getByRole("navigation", { name: "Course" }).getByText("Details").click();
  // Publishing keeps unsaved input.
  await page.getByLabel("Summary").fill("With more verve");
  await page.getByRole("button", { name: "Publish" }).click();
  await page.getByText("Published.").waitFor();
  expect(await page.getByLabel("Summary").inputValue()).toBe("With more verve");
  await page.getByRole("button", { name: "Save details" }).click();
  await page.getByText("Saved.", { exact: true }).waitFor();
  expect(violations).toEqual([]);
  await close();

  const visitor = await loginAs("visitor", browser, platform);
  await visitor.page.goto("/");
  await visitor.page.getByText("With more verve").waitFor();
  await visitor.page.getByRole("link", { name: "Élan & Co" }).click();
  await visitor.page.getByRole("link", { name: "Go on" }).waitFor();
  const outline = await visitor.page.getByRole("listitem").allTextContents();
  const positions = ["Finish", "Begin", "Go on"].map((title) =>
    outline.findIndex((line) => line.includes(title)),
  );
  expect(positions).toEqual(positions.toSorted((one, other) => one - other));
  expect(positions).not.toContain(-1);
  await visitor.page.getByRole("link", { name: "Go on" }).click();
  await visitor.page.getByRole("cell", { name: "2" }).waitFor();
  await visitor.close();
});

test("text typed before the scripts arrive is kept", async () => {
  const lesson = await platform.db
    .prepare("select id, course_id from lessons order by id limit 1")
    .first<{ id: string; course_id: string }>();
  const { page, close } = await loginAs("admin", browser, platform);
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  await page.route("**/build/entry.client-*.js", async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(`/admin/courses/${lesson?.course_id}/lessons/${lesson?.id}`, {
    waitUntil: "commit",
  });
  const textarea = page.getByRole("textbox", { name: "Text" });
  await textarea.fill("Typed early");
  release();
  await page.getByRole("tab", { name: "Preview" }).click();
  await page.locator(".markdown", { hasText: "Typed early" }).waitFor();
  await page.getByRole("tab", { name: "Write" }).click();
  expect(await textarea.inputValue()).toBe("Typed early");
  await close();
});

test("input stays on the page when another admin removes the lesson", async () => {
  const lesson = await platform.db
    .prepare("select id, course_id from lessons order by id limit 1")
    .first<{ id: string; course_id: string }>();
  const { page, close } = await loginAs("admin", browser, platform);
  await page.goto(`/admin/courses/${lesson?.course_id}/lessons/${lesson?.id}`);
  await page.getByRole("textbox", { name: "Text" }).fill("An hour of work");
  await platform.db.exec("delete from lesson_completions");
  await platform.db.prepare("delete from lessons where id = ?").bind(lesson?.id).run();
  await page.getByRole("button", { name: "Save lesson" }).click();
  await page.getByRole("alert").getByText("This lesson has been removed").waitFor();
  expect(await page.getByRole("textbox", { name: "Text" }).inputValue()).toBe("An hour of work");
  await close();
});

/** Makes a lesson available to enrolled users and returns to the outline. */
async function publishLesson(page: Page, title: string): Promise<void> {
  await page.getByRole("link", { name: title, exact: true }).click();
  await page.getByLabel("Visible to").selectOption("public");
  await page.getByRole("button", { name: "Save lesson" }).click();
  await page.getByText("Saved.", { exact: true }).waitFor();
  await page.getByRole("navigation", { name: "Course" }).getByText("Outline").click();
  await page.getByRole("list", { name: "Lessons of First steps" }).waitFor();
}
