import type { Page } from "playwright-core";

/** Reports elements that Tab does not reach, and those without a visible focus indicator. */
export async function checkTabStops(page: Page) {
  const names = await numberStops(page);
  let presses = 0;
  let stops = await pressTab(page, names.length + 2);
  while (stops.missed.length > 0 && presses < names.length + 10) {
    presses += 10;
    stops = await pressTab(page, 10);
  }
  const nameOf = (stop: number) => names[stop] ?? `${stop}`;
  return { missed: stops.missed.map(nameOf), unmarked: stops.unmarked.map(nameOf) };
}

/**
 * Numbers the elements that Tab should reach, in the open dialog if any, and records which of them
 * get focus. Returns their names.
 */
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
    const numbers = new Map<EventTarget, number>(stops.map((one, index) => [one, index]));
    const found = { missed: new Set(stops.keys()), unmarked: [] as number[] };
    window.readTabStops = () => ({ missed: [...found.missed], unmarked: found.unmarked });
    const isMarked = (element: Element) => {
      const { outlineStyle, boxShadow } = getComputedStyle(element);
      return outlineStyle !== "none" || boxShadow !== "none";
    };
    addEventListener("focusin", ({ target }) => {
      const stop = target && numbers.get(target);
      if (!(target instanceof Element) || typeof stop !== "number") return;
      // Something may have moved the focus on.
      if (target !== document.activeElement) return;
      for (const animation of target.getAnimations())
        if (animation instanceof CSSTransition) animation.finish();
      if (!isMarked(target)) found.unmarked.push(stop);
      found.missed.delete(stop);
    });
    return stops.map(
      (one) =>
        one.getAttribute("aria-label") ||
        one.textContent ||
        one.getAttribute("name") ||
        one.tagName,
    );
  });
}

/** Without waiting for each key, as if it was held down: the browser then paints less often. */
async function pressTab(page: Page, times: number): Promise<TabStops> {
  await Promise.all(Array.from({ length: times }, () => page.keyboard.press("Tab")));
  return page.evaluate(() => window.readTabStops());
}

/** Numbers of elements that have not had focus, and of those whose focus was not visible. */
interface TabStops {
  missed: number[];
  unmarked: number[];
}

declare global {
  interface Window {
    readTabStops(): TabStops;
  }
}
