import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { useBrowser, usePlatform } from "../support/fixtures.ts";
import { arriveAs, createCast, scenes } from "../support/scenes.ts";

const platform = await usePlatform();
const browser = await useBrowser();
beforeAll(async () => {
  await createCast(platform);
});

/** Clerk's menu is a menu: arrows lead through it, and Tab leaves it. */
const tabbedScenes = scenes.filter(({ name }) => name !== "user-menu");

/** Numbers all that Tab should reach, in the dialog if one is open; what each is called, in the order of the document. */
function numberStops(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const within = document.querySelector("dialog[open]") ?? document;
    const all = within.querySelectorAll<HTMLElement>(
      "a[href], button, input, select, textarea, summary, [tabindex]",
    );
    const stops = [...all].filter(
      (one) =>
        one.tabIndex >= 0 &&
        !one.matches(":disabled, [type=hidden], [aria-hidden=true] *, [inert] *") &&
        !(one instanceof HTMLInputElement && one.type === "radio" && !one.checked) &&
        one.checkVisibility({ visibilityProperty: true }),
    );
    return stops.map((one, index) => {
      one.dataset.stop = `${index}`;
      return (
        one.getAttribute("aria-label") || one.textContent || one.getAttribute("name") || one.tagName
      );
    });
  });
}

/** Where the focus is now: its number, and whether it can be seen to be there. */
function focusedStop(page: Page): Promise<{ stop: string | undefined; isShown: boolean }> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (!(focused instanceof HTMLElement) || focused === document.body)
      return { stop: undefined, isShown: true };
    const { outlineStyle, boxShadow } = getComputedStyle(focused);
    return { stop: focused.dataset.stop, isShown: outlineStyle !== "none" || boxShadow !== "none" };
  });
}

test.for(tabbedScenes)(
  "$name: Tab reaches all that can be used, and shows where it is",
  async (scene) => {
    const { page, leave } = await arriveAs(scene.as, browser, platform, {
      reducedMotion: "reduce",
    });
    await scene.show(page);
    const names = await numberStops(page);
    const missed = new Map(names.map((name, index) => [`${index}`, name]));
    const unseen: string[] = [];
    for (let presses = 0; presses < names.length * 2 + 10 && missed.size > 0; presses++) {
      await page.keyboard.press("Tab");
      const { stop, isShown } = await focusedStop(page);
      if (stop === undefined) continue;
      if (!isShown) unseen.push(names[Number(stop)] ?? stop);
      missed.delete(stop);
    }
    expect([...missed.values()], "never reached").toEqual([]);
    expect(unseen, "focus cannot be seen").toEqual([]);
    await leave();
  },
);
