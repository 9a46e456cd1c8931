import type { Browser, ConsoleMessage } from "playwright-core";
import { expect } from "vitest";
import { type OpenPage, type OpenPageOptions, openPage } from "./open-page.ts";

const knownWarnings = [
  // ClerkJS logs this on every page of a development instance.
  /loaded with development keys/,
  // A busy machine draws the text and runs ClerkJS later.
  /(\.woff2|_clerk\.browser_\S+\.js) was preloaded using link preload but not used within a few seconds/,
  // Remix logs this if someone leaves while data for the page arrives.
  /^AbortError: BodyStreamBuffer was aborted/,
];

export interface BrowserSession extends OpenPage {
  /**
   * Fails if any page logged an error or warning, violated the Content-Security-Policy, threw, got
   * a server error, or sent a request to an origin that it must not use.
   */
  expectNoProblems(): void;
}

interface OpenOptions extends OpenPageOptions {
  /** Origins besides the site's own to which pages may send requests. */
  otherOrigins?: readonly string[];
}

/** Opens an empty browser profile that records problems. */
export async function openBrowser(
  browser: Browser,
  origin: string,
  { otherOrigins = [], ...options }: OpenOptions = {},
): Promise<BrowserSession> {
  const { page, close } = await openPage(browser, origin, options);
  const context = page.context();
  const problems: string[] = [];
  context.on("console", (message) => {
    if (isProblem(message)) problems.push(`${message.type()}: ${message.text()}`);
  });
  context.on("weberror", (error) => problems.push(`thrown: ${error.error().message}`));
  context.on("request", (request) => {
    if (isOtherOrigin(request.url(), [origin, ...otherOrigins]))
      problems.push(`request to ${request.url()}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 500) problems.push(`status ${response.status()} of ${response.url()}`);
  });
  return {
    page,
    expectNoProblems: () => expect(problems).toEqual([]),
    close,
  };
}

function isProblem(message: ConsoleMessage): boolean {
  if (message.type() !== "error" && message.type() !== "warning") return false;
  if (isRejectedClerkForm(message)) return false;
  return !knownWarnings.some((known) => known.test(message.text()));
}

/** Clerk rejects invalid forms with 422, which Chromium logs as an error. */
function isRejectedClerkForm(message: ConsoleMessage): boolean {
  return message.text().includes("status of 422") && message.location().url.includes("/__clerk/");
}

function isOtherOrigin(url: string, allowed: readonly string[]): boolean {
  return !/^(data|blob):/.test(url) && !allowed.includes(new URL(url).origin);
}
