import { beforeAll, expect, test } from "vitest";
import { orderOf, rowOf } from "../support/course-console.ts";
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

test("a move pressed at any moment during a save is saved exactly once", async () => {
  const { page, close } = await loginAs("admin", browser, platform, {
    ...tallViewport,
    isFresh: true,
  });
  await page.addInitScript(flushReact);
  const id = await openOutline(page, platform);
  const presses = 24;
  await page.evaluate(pressRepeatedly, presses);
  await expect.poll(async () => (await rowOf(platform, "courses", id))?.version).toBe(1 + presses);
  await expect.poll(() => status(page).getAttribute("class")).not.toContain("opacity-60");
  expect(await page.getByRole("alert").count()).toBe(0);
  expect(await lessonsOf(page, "Section 1")).toEqual(["Lesson 1", "Lesson 2", "Lesson 3"]);
  await close();
});

/** Runs in the page: speeds up the clock, so that React yields after every unit of work. */
function flushReact(): void {
  const now = performance.now.bind(performance);
  let ahead = 0;
  performance.now = () => {
    ahead += 10;
    return now() + ahead;
  };
}

/**
 * Runs in the page: moves a lesson down and up, first whenever React has yielded before the first
 * save, then once during each save, one unit of work later each time.
 */
function pressRepeatedly(presses: number): void {
  let pressed = 0;
  const press = () => {
    pressed += 1;
    const direction = pressed % 2 ? "down" : "up";
    document.querySelector<HTMLElement>(`[aria-label="Move Lesson 1 ${direction}"]`)?.click();
  };
  let saves = 0;
  let delayed = 0;
  const replace = history.replaceState.bind(history);
  history.replaceState = (...args) => {
    replace(...args);
    saves += 1;
    delayed = 0;
  };
  const { postMessage } = MessagePort.prototype;
  MessagePort.prototype.postMessage = function (this: MessagePort, message: unknown) {
    postMessage.call(this, message);
    delayed += 1;
    const isTime = saves === 0 ? delayed % 3 === 0 : delayed === (saves % 12) + 1;
    if (isTime && pressed < presses) queueMicrotask(press);
  };
  press();
}

test("other actions wait for pending moves and then run", async () => {
  const { page, close } = await loginAs("admin", browser, platform, tallViewport);
  const id = await openOutline(page, platform);
  const down = page.getByRole("button", { name: "Move Lesson 1 down" });

  const sent = await holdPostRequests(page);
  for (const _ of [1, 2]) await down.press("Enter");
  await page.getByLabel("New section").fill("Extras");
  await page.keyboard.press("Enter");
  await sent.release();
  await status(page).getByText("Extras was added.").waitFor();
  expect(await orderOf(platform, id)).toEqual([
    "Section 1: Lesson 2, Lesson 3, Lesson 1",
    "Section 2: Lesson 4, Lesson 5",
    "Section 3: ",
    "Extras: ",
  ]);

  const sentLater = await holdPostRequests(page);
  for (const _ of [1, 2]) await down.press("Enter");
  await page.getByRole("link", { name: "Rename Section 3" }).press("Enter");
  await sentLater.release();
  await page.getByLabel("New name for Section 3").waitFor();
  expect(await orderOf(platform, id)).toContain("Section 2: Lesson 4, Lesson 1, Lesson 5");
  expect(await page.getByRole("alert").count()).toBe(0);
  await close();
});

/** Runs in the page: clicks a link as soon as an alert is in the document. */
function clickWhenAlerted(label: string): void {
  new MutationObserver((_, observer) => {
    if (!document.querySelector("[role=alert]")) return;
    observer.disconnect();
    document.querySelector<HTMLElement>(`[aria-label="${label}"]`)?.click();
  }).observe(document, { childList: true, subtree: true });
}

test("rejected moves are not sent again with the next action", async () => {
  const { page, close } = await loginAs("admin", browser, platform, tallViewport);
  const id = await openOutline(page, platform);
  await platform.db.prepare("update courses set version = version + 1 where id = ?").bind(id).run();
  const down = page.getByRole("button", { name: "Move Lesson 1 down" });
  const sent = await holdPostRequests(page);
  for (const _ of [1, 2, 3]) await down.press("Enter");
  await page.evaluate(clickWhenAlerted, "Rename Section 1");
  await sent.release();
  await page.getByLabel("New name for Section 1").fill("Basics");
  expect(await lessonsOf(page, "Section 1")).toEqual(["Lesson 1", "Lesson 2", "Lesson 3"]);
  await page.keyboard.press("Enter");
  await status(page).getByText("Section renamed.").waitFor();
  expect(await orderOf(platform, id)).toEqual([
    "Basics: Lesson 1, Lesson 2, Lesson 3",
    "Section 2: Lesson 4, Lesson 5",
    "Section 3: ",
  ]);
  await close();
});
