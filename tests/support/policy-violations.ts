import type { BrowserContext } from "playwright-core";

const mark = "Content-Security-Policy violated: ";

/**
 * Everything that pages of this browser try and the site's Content-Security-Policy forbids, one line each, as it happens.
 * Each is also an error on the page's console.
 */
export async function recordPolicyViolations(context: BrowserContext): Promise<readonly string[]> {
  const violations: string[] = [];
  context.on("console", (message) => {
    if (message.text().startsWith(mark)) violations.push(message.text().slice(mark.length));
  });
  await context.addInitScript((text) => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const { effectiveDirective, blockedURI, sourceFile, lineNumber } = event;
      console.error(`${text}${effectiveDirective} ${blockedURI} (${sourceFile}:${lineNumber})`);
    });
  }, mark);
  return violations;
}
