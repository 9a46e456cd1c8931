import type { BrowserContext } from "playwright-core";

const prefix = "Content-Security-Policy violated: ";

/**
 * Records Content-Security-Policy violations in this browser, one line each. Each is also logged
 * as an error on the page's console.
 */
export async function recordPolicyViolations(context: BrowserContext): Promise<readonly string[]> {
  const violations: string[] = [];
  context.on("console", (message) => {
    if (message.text().startsWith(prefix)) violations.push(message.text().slice(prefix.length));
  });
  await context.addInitScript((text) => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const { effectiveDirective, blockedURI, sourceFile, lineNumber } = event;
      console.error(`${text}${effectiveDirective} ${blockedURI} (${sourceFile}:${lineNumber})`);
    });
  }, prefix);
  return violations;
}
