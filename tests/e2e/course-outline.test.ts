import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { orderOf } from "../support/course-console.ts";
import { useBrowser, useSite } from "../support/fixtures.ts";
import {
  holdPostRequests,
  lessonsOf,
  openOutline,
  status,
  tallViewport,
} from "../support/outline-page.ts";
import { createSeedUsers, loginAs } from "../support/pages.ts";

const platform = await useSite();
const browser = await useBrowser();
beforeAll(async () => {
  await createSeedUsers(platform);
});

const focusedName = (page: Page) => page.locator(":focus").getAttribute("aria-label");

test("lessons can be reordered by keyboard; focus stays and every position is announced", async () => {
  const { page, close } = await loginAs("admin", browser, platform, tallViewport);
  const id = await openOutline(page, platform);
  await page.evaluate(() => {
    const region = document.getElementById("outline-status");
    const announced: string[] = [];
    Object.assign(window, { announced });
    new MutationObserver(() => announced.push(region?.textContent ?? "")).observe(
      region ?? document,
      {
        childList: true,
        characterData: true,
        subtree: true,
      },
    );
  });
  await page.getByRole("button", { name: "Move Lesson 3 up" }).focus();
  // Pressed faster than the worker responds: every press counts exactly once.
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
  expect(await page.evaluate(() => Reflect.get(window, "announced"))).toEqual([
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
  await close();
});

test("lessons can be dragged to another position and into an empty section", async () => {
  const { page, close } = await loginAs("admin", browser, platform, tallViewport);
  const id = await openOutline(page, platform);
  // Browsers check for a drop target only while the pointer moves.
  const steps = 5;
  const row = (title: string) => page.getByRole("listitem").filter({ hasText: title }).last();
  const handle = (title: string) => row(title).locator("[draggable=true]");
  const { height = 0 } = (await row("Lesson 1").boundingBox()) ?? {};
  await page.evaluate(() => {
    window.addEventListener("dragenter", ({ target, defaultPrevented }) => {
      const isRefused = target instanceof Element && target.closest("li") && !defaultPrevented;
      if (isRefused) Reflect.set(window, "refused", target.outerHTML);
    });
  });
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
  const refused = await page.evaluate(() => Reflect.get(window, "refused"));
  expect(refused, "WebKit drops nothing where it just entered a refused element").toBeUndefined();
  await expect
    .poll(() => orderOf(platform, id))
    .toEqual([
      "Section 1: Lesson 3, Lesson 2",
      "Section 2: Lesson 4, Lesson 5",
      "Section 3: Lesson 1",
    ]);
  await close();
});

test("when two admins move lessons at once, the second one sees the new order and can continue", async () => {
  const ada = await loginAs("admin", browser, platform);
  const mary = await loginAs("admin", browser, platform);
  const id = await openOutline(ada.page, platform);
  await mary.page.goto(`/admin/courses/${id}/outline`);
  await mary.page.locator("[draggable=true]").first().waitFor();
  await mary.page.getByRole("button", { name: "Move Lesson 5 up" }).press("Enter");
  await expect.poll(() => orderOf(platform, id)).toContain("Section 2: Lesson 5, Lesson 4");
  const up = ada.page.getByRole("button", { name: "Move Lesson 2 up" });
  const sent = await holdPostRequests(ada.page);
  for (const _ of [1, 2]) await up.press("Enter");
  await sent.release();
  const notice = ada.page.getByRole("alert");
  await notice.getByText("Someone else changed this course").waitFor();
  expect(await lessonsOf(ada.page, "Section 1")).toEqual(["Lesson 1", "Lesson 2", "Lesson 3"]);
  await expect.poll(() => lessonsOf(ada.page, "Section 2")).toEqual(["Lesson 5", "Lesson 4"]);
  const down = ada.page.getByRole("button", { name: "Move Lesson 1 down" });
  for (const _ of [1, 2]) await down.press("Enter");
  await expect
    .poll(() => orderOf(platform, id))
    .toContain("Section 1: Lesson 2, Lesson 3, Lesson 1");
  await status(ada.page).getByText("Lesson 1 is now 3 of 3 in Section 1.").waitFor();
  await expect.poll(() => notice.count()).toBe(0);
  await Promise.all([ada.close(), mary.close()]);
});

test("renaming a section and removing an empty one move focus to the right place", async () => {
  const { page, close } = await loginAs("admin", browser, platform);
  const id = await openOutline(page, platform);
  const focusedId = () => page.evaluate(() => document.activeElement?.id);
  const rename = page.getByRole("link", { name: "Rename Section 1" });
  await rename.press("Enter");
  const field = page.getByLabel("New name for Section 1");
  await expect.poll(() => field.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.getByRole("link", { name: "Cancel" }).press("Enter");
  await expect.poll(focusedId).toBe(`rename:${id}-s0`);
  await rename.press("Enter");
  await field.fill("");
  await page.keyboard.press("Enter");
  await page.getByText("Enter a title.").waitFor();
  await field.fill("Basics");
  await page.keyboard.press("Enter");
  await status(page).getByText("Section renamed.").waitFor();
  await expect.poll(focusedId).toBe(`rename:${id}-s0`);
  await page.getByRole("button", { name: "Remove Section 3" }).press("Enter");
  await status(page).getByText("Section removed.").waitFor();
  await expect.poll(focusedId).toBe("outline-status");
  await expect
    .poll(() => orderOf(platform, id))
    .toEqual(["Basics: Lesson 1, Lesson 2, Lesson 3", "Section 2: Lesson 4, Lesson 5"]);
  await close();
});
