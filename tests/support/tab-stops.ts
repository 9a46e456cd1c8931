import type { Page } from "playwright-core";

/** What Tab does not reach on a page, or in its open dialog, and where the focus cannot be seen. */
export async function walkByTab(page: Page) {
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
  return { missed: [...missed.values()], unseen };
}

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
