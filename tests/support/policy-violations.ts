import type { BrowserContext } from "playwright-core";

const prefix = "Content-Security-Policy violated: ";

/** Logs each violation of the Content-Security-Policy as an error on the page's console. */
export async function logPolicyViolations(context: BrowserContext): Promise<void> {
  await context.addInitScript((text) => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const { effectiveDirective, blockedURI, sourceFile, lineNumber } = event;
      console.error(`${text}${effectiveDirective} ${blockedURI} (${sourceFile}:${lineNumber})`);
    });
  }, prefix);
}

/** Records Content-Security-Policy violations of pages from `openPage`, one line each. */
export function recordPolicyViolations(context: BrowserContext): readonly string[] {
  const violations: string[] = [];
  context.on("console", (message) => {
    if (message.text().startsWith(prefix)) violations.push(message.text().slice(prefix.length));
  });
  return violations;
}
