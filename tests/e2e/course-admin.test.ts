import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { orderOf } from "../support/course-console.ts";
import { insertCourse } from "../support/courses.ts";
import { type Platform, startPlatform } from "../support/platform.ts";
import { recordPolicyViolations } from "../support/policy-violations.ts";
import { arriveAs, createCast } from "../support/scenes.ts";

let platform: Platform;
let browser: Browser;
beforeAll(async () => {
  platform = await startPlatform();
  browser = await launchBrowser();
  await createCast(platform);
});
afterAll(async () => {
  await browser.close();
  await platform.close();
});

const status = (page: Page) => page.locator("#outline-status");
const focusedName = (page: Page) => page.locator(":focus").getAttribute("aria-label");
const lessonsOf = (page: Page, section: string) =>
  page
    .getByRole("list", { name: `Lessons of ${section}` })
    .getByRole("link")
    .allTextContents();

test("an admin writes a course with three lessons, previews it, and publishes it", async () => {
  const { page, leave } = await arriveAs("admin", browser, platform);
  const violations = await recordPolicyViolations(page.context());
  await page.goto("/admin/courses");
  await page.getByRole("link", { name: "New course" }).click();
  await page.getByRole("button", { name: "Create course" }).click();
  await page.getByText("Give the course a title.").waitFor();
  await expect.poll(() => page.locator(":focus").getAttribute("name")).toBe("title");

  await page.getByLabel("Title").fill("Élan & Côté");
  expect(await page.getByLabel("Address").inputValue()).toBe("elan-cote");
  await page.getByLabel("Address").fill("élan");
  await page.getByText("Use small letters").waitFor();
  await page.getByLabel("Title").fill("Élan & Co");
  await page.getByLabel("Address").fill("elan");
  await page.getByLabel("Summary").fill("With verve");
  await page.getByRole("textbox", { name: "Description" }).fill("Learn **verve**.");
  await page.getByRole("tab", { name: "Preview" }).click();
  await page.locator(".markdown strong", { hasText: "verve" }).waitFor();
  await page.getByRole("radio", { name: "leaves" }).check();
  await page.getByLabel("Price").fill("12,50");
  await page.getByRole("button", { name: "Create course" }).click();
  await page.getByText("The course is there, as a draft").waitFor();

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
    // The next one can be typed at once.
    await expect.poll(() => page.locator(":focus").getAttribute("name")).toBe("title");
  }
  expect(await lessonsOf(page, "First steps")).toEqual(["Begin", "Go on", "Finish"]);

  await page.getByRole("link", { name: "Go on" }).click();
  await page
    .getByRole("textbox", { name: "Text" })
    .fill("# Go on\n\n| a | b |\n| - | - |\n| 1 | 2 |");
  // Shift+Tab goes to the tab that is shown, an arrow to the other.
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("ArrowRight");
  await page.getByRole("cell", { name: "2" }).waitFor();
  await page.keyboard.press("ArrowLeft");
  await page.getByLabel("Who reads it").selectOption("preview");
  await page.getByRole("button", { name: "Save lesson" }).click();
  await page.getByText("Saved.", { exact: true }).waitFor();
  await expect.poll(() => page.locator(":focus").textContent()).toBe("Saved.");

  await page.getByRole("navigation", { name: "Course" }).getByText("Details").click();
  // What is typed meanwhile is not lost by publishing.
  await page.getByLabel("Summary").fill("With more verve");
  await page.getByRole("button", { name: "Publish" }).click();
  await page.getByText("It is published").waitFor();
  expect(await page.getByLabel("Summary").inputValue()).toBe("With more verve");
  await page.getByRole("button", { name: "Save details" }).click();
  await page.getByText("Saved.", { exact: true }).waitFor();
  await page.goto("/");
  await page.getByText("With more verve").waitFor();
  expect(violations).toEqual([]);
  await leave();
});

/** A window that shows all that is moved, and could still be scrolled. */
const tall = { viewport: { width: 1280, height: 1200 } };

/** The outline of a course with five lessons in two sections. */
async function openOutline(page: Page): Promise<string> {
  const { id } = await insertCourse(platform, {
    sections: [["public", "public", "public"], ["public", "public"], []],
  });
  await page.goto(`/admin/courses/${id}/outline`);
  await page.locator("[draggable=true]").first().waitFor();
  return id;
}

test("lessons are put in order by the keyboard alone: the focus stays, and each place is told", async () => {
  const { page, leave } = await arriveAs("admin", browser, platform, tall);
  const id = await openOutline(page);
  await page.evaluate(() => {
    const region = document.getElementById("outline-status");
    const heard: string[] = [];
    Object.assign(window, { heard });
    new MutationObserver(() => heard.push(region?.textContent ?? "")).observe(region ?? document, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  await page.getByRole("button", { name: "Move Lesson 3 up" }).focus();
  // Pressed faster than the worker answers: none is lost, none is done twice.
  for (const _ of [1, 2, 3]) await page.keyboard.press("Enter");
  expect(await lessonsOf(page, "Section 1")).toEqual(["Lesson 3", "Lesson 1", "Lesson 2"]);
  expect(await focusedName(page)).toBe("Move Lesson 3 up");
  await expect
    .poll(() => orderOf(platform, id))
    .toContain("Section 1: Lesson 3, Lesson 1, Lesson 2");
  expect(await focusedName(page)).toBe("Move Lesson 3 up");

  await page.keyboard.press("Tab");
  expect(await focusedName(page)).toBe("Move Lesson 3 down");
  for (const _ of [1, 2, 3]) await page.keyboard.press("Space");
  await status(page).getByText("Lesson 3 is now 1 of 3 in Section 2.").waitFor();
  expect(await focusedName(page)).toBe("Move Lesson 3 down");
  await expect
    .poll(() => orderOf(platform, id))
    .toEqual([
      "Section 1: Lesson 1, Lesson 2",
      "Section 2: Lesson 3, Lesson 4, Lesson 5",
      "Section 3: ",
    ]);
  expect(await page.evaluate(() => Reflect.get(window, "heard"))).toEqual([
    "Lesson 3 is now 2 of 3 in Section 1.",
    "Lesson 3 is now 1 of 3 in Section 1.",
    "Lesson 3 is now 2 of 3 in Section 1.",
    "Lesson 3 is now 3 of 3 in Section 1.",
    "Lesson 3 is now 1 of 3 in Section 2.",
  ]);
  await page.getByRole("button", { name: "Move Section 2 up" }).press("Enter");
  await status(page).getByText("Section 2 is now section 1 of 3.").waitFor();
  expect(await focusedName(page)).toBe("Move Section 2 up");
  expect(await page.evaluate(() => scrollY), "the page jumped").toBe(0);
  await leave();
});

test("lessons are dragged to another place, into an empty section too", async () => {
  const { page, leave } = await arriveAs("admin", browser, platform, tall);
  const id = await openOutline(page);
  // A browser asks what may be dropped where the pointer moves, so once is not enough.
  const steps = 5;
  const row = (title: string) => page.getByRole("listitem").filter({ hasText: title }).last();
  const handle = (title: string) => row(title).locator("[draggable=true]");
  const { height = 0 } = (await row("Lesson 1").boundingBox()) ?? {};
  await handle("Lesson 3").dragTo(row("Lesson 1"), {
    targetPosition: { x: 200, y: 3 },
    steps,
  });
  await status(page).getByText("Lesson 3 is now 1 of 3 in Section 1.").waitFor();
  await handle("Lesson 3").dragTo(row("Lesson 1"), {
    targetPosition: { x: 200, y: height - 3 },
    steps,
  });
  await status(page).getByText("Lesson 3 is now 2 of 3 in Section 1.").waitFor();
  await handle("Lesson 1").dragTo(page.getByText("No lessons yet."), { steps });
  await status(page).getByText("Lesson 1 is now 1 of 1 in Section 3.").waitFor();
  await expect
    .poll(() => orderOf(platform, id))
    .toEqual([
      "Section 1: Lesson 3, Lesson 2",
      "Section 2: Lesson 4, Lesson 5",
      "Section 3: Lesson 1",
    ]);
  await leave();
});

test("two admins move at once: the later one sees what became of it, and goes on from there", async () => {
  const ada = await arriveAs("admin", browser, platform);
  const mary = await arriveAs("admin", browser, platform);
  const id = await openOutline(ada.page);
  await mary.page.goto(`/admin/courses/${id}/outline`);
  await mary.page.locator("[draggable=true]").first().waitFor();
  await mary.page.getByRole("button", { name: "Move Lesson 5 up" }).press("Enter");
  await expect.poll(() => orderOf(platform, id)).toContain("Section 2: Lesson 5, Lesson 4");
  const up = ada.page.getByRole("button", { name: "Move Lesson 2 up" });
  for (const _ of [1, 2]) await up.press("Enter");
  const notice = ada.page.getByRole("alert");
  await notice.getByText("Somebody changed this course meanwhile").waitFor();
  expect(await lessonsOf(ada.page, "Section 1")).toEqual(["Lesson 1", "Lesson 2", "Lesson 3"]);
  await expect.poll(() => lessonsOf(ada.page, "Section 2")).toEqual(["Lesson 5", "Lesson 4"]);
  await up.press("Enter");
  await status(ada.page).getByText("Lesson 2 is now 1 of 3 in Section 1.").waitFor();
  await expect.poll(() => notice.count()).toBe(0);
  await Promise.all([ada.leave(), mary.leave()]);
});

test("a course is created, given lessons, put in order and published without scripts", async () => {
  const options = { javaScriptEnabled: false };
  const { page, leave } = await arriveAs("admin", browser, platform, options);
  await page.goto("/admin/courses/new");
  await page.getByLabel("Title").fill("By hand");
  await page.getByLabel("Address").fill("by-hand");
  await page.getByRole("textbox", { name: "Description" }).fill("kept");
  await page.getByLabel("Price").fill("free");
  await page.getByRole("button", { name: "Create course" }).click();
  await page.getByText("This is no price in EUR").waitFor();
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
  await page.getByLabel("Who reads it").selectOption("public");
  await page.getByRole("button", { name: "Save lesson" }).click();
  await page.getByText("Saved.", { exact: true }).waitFor();
  await page.getByRole("link", { name: "Remove lesson…" }).click();
  await page.getByRole("link", { name: "Cancel" }).click();
  await page.getByRole("navigation", { name: "Course" }).getByText("Details").click();
  await page.getByRole("button", { name: "Publish" }).click();
  await page.getByText("It is published").waitFor();
  await page.goto("/");
  await page.getByText("By hand").waitFor();
  await leave();
});
