import type { Page } from "playwright-core";

/**
 * Words of up to 20 letters that are broken between letters, each with its context. Longer ones,
 * such as ids, may have to be broken.
 */
export function findBrokenWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const words = /(?<![\p{L}\p{N}])[\p{L}\p{N}]{2,20}(?![\p{L}\p{N}])/gu;
    const broken: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const parent = text.parentElement;
      if (!parent?.checkVisibility() || parent.closest("[class*='cl-'], pre, .sr-only")) continue;
      for (const { 0: word, index } of text.textContent?.matchAll(words) ?? []) {
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
        if (lines.size > 1) broken.push(`${word} in: ${parent.textContent?.slice(0, 80)}`);
      }
    }
    return broken;
  });
}

const minSize = 24;

/**
 * Controls under 24 by 24 CSS pixels (WCAG 2.5.8), except links within a sentence. A label belongs
 * to the target of its checkbox.
 */
export function findSmallTargets(page: Page): Promise<string[]> {
  return page.evaluate((min) => {
    const isInSentence = (target: Element) => {
      if (getComputedStyle(target).display !== "inline") return false;
      const block = target.closest("p, li, dd, td, th, div, h1, h2, h3");
      return block !== null && block.textContent?.trim() !== target.textContent?.trim();
    };
    const all = document.querySelectorAll<HTMLElement>(
      "a[href], button, input:not([type=hidden]), select, textarea, summary",
    );
    const targets = [...all].filter(
      (target) =>
        target.checkVisibility({ visibilityProperty: true }) &&
        !target.closest("[class*='cl-'], .sr-only") &&
        !isInSentence(target),
    );
    return targets.flatMap((target) => {
      const isLabelled = target instanceof HTMLInputElement && /checkbox|radio/.test(target.type);
      const area = (isLabelled && target.labels?.[0]) || target;
      const { width, height } = area.getBoundingClientRect();
      if (Math.min(width, height) >= min) return [];
      const name = target.getAttribute("aria-label") || target.textContent || target.tagName;
      return `${name.trim()}: ${width.toFixed(1)} × ${height.toFixed(1)}`;
    });
  }, minSize);
}
