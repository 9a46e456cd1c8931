import axe from "axe-core";
import type { Page } from "playwright-core";

/** Violations found by axe, one line each. */
export async function findAccessibilityProblems(page: Page): Promise<string[]> {
  const isLoaded = await page.evaluate(() => "axe" in window);
  // Its script has half a megabyte. By DevTools, so that the page's policy does not apply.
  if (!isLoaded) await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    // Colors that change gradually are judged as they will be.
    for (const animation of document.getAnimations())
      if (animation instanceof CSSTransition) animation.finish();
    const found = await window.axe.run(document, { resultTypes: ["violations"] });
    return found.violations;
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target}: ${failureSummary}`),
  );
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}
