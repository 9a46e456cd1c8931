import type { Page } from "playwright-core";

/** Reports elements that Tab does not reach, and those without a visible focus indicator. */
export async function checkTabStops(page: Page) {
  const names = await numberStops(page);
  const missed = new Map(names.map((name, index) => [`${index}`, name]));
  const unmarked: string[] = [];
  for (let presses = 0; presses < names.length * 2 + 10 && missed.size > 0; presses++) {
    await page.keyboard.press("Tab");
    const { stop, isVisible } = await focusedStop(page);
    if (stop === undefined) continue;
    if (!isVisible) unmarked.push(names[Number(stop)] ?? stop);
    missed.delete(stop);
  }
  return { missed: [...missed.values()], unmarked };
}

/** Numbers the elements that Tab should reach, in the open dialog if any; returns their names. */
function numberStops(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const scope = document.querySelector("dialog[open]") ?? document;
    const all = scope.querySelectorAll<HTMLElement>(
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

/** The number of the focused element, and whether its focus is visible. */
function focusedStop(page: Page): Promise<{ stop: string | undefined; isVisible: boolean }> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (!(focused instanceof HTMLElement) || focused === document.body)
      return { stop: undefined, isVisible: true };
    const { outlineStyle, boxShadow } = getComputedStyle(focused);
    return {
      stop: focused.dataset.stop,
      isVisible: outlineStyle !== "none" || boxShadow !== "none",
    };
  });
}
