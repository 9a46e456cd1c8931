import type { Browser, BrowserContextOptions, ConsoleMessage, Page } from "playwright-core";
import { expect } from "vitest";
import { openContext } from "./browser.ts";
import { recordPolicyViolations } from "./policy-violations.ts";

/** What Clerk's own packages say on every page of a development instance. */
const knownWarnings = [/@clerk\/remix is now in maintenance mode/, /loaded with development keys/];

export interface Visitor {
  page: Page;
  /**
   * Fails when any page so far wrote an error or warning, broke the Content-Security-Policy, threw, got a server error, or
   * asked another machine for anything.
   */
  expectCleanRecord(): void;
  leave(): Promise<void>;
}

/** A person with a fresh browser of their own, every step of theirs on record. */
export async function welcomeVisitor(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await openContext(browser, { baseURL: origin, ...options });
  await recordPolicyViolations(context);
  const page = await context.newPage();
  const complaints: string[] = [];
  context.on("console", (message) => {
    if (isComplaint(message)) complaints.push(`${message.type()}: ${message.text()}`);
  });
  context.on("weberror", (error) => complaints.push(`thrown: ${error.error().message}`));
  context.on("request", (request) => {
    if (isElsewhere(request.url(), origin)) complaints.push(`request to ${request.url()}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 500)
      complaints.push(`status ${response.status()} of ${response.url()}`);
  });
  return {
    page,
    expectCleanRecord: () => expect(complaints).toEqual([]),
    leave: () => context.close(),
  };
}

function isComplaint(message: ConsoleMessage): boolean {
  if (message.type() !== "error" && message.type() !== "warning") return false;
  if (isRefusedForm(message)) return false;
  return !knownWarnings.some((known) => known.test(message.text()));
}

/** Clerk answers a form it does not take with 422, which Chromium notes as an error by itself. */
function isRefusedForm(message: ConsoleMessage): boolean {
  return message.text().includes("status of 422") && message.location().url.includes("/__clerk/");
}

function isElsewhere(url: string, origin: string): boolean {
  return !url.startsWith("data:") && !url.startsWith("blob:") && new URL(url).origin !== origin;
}
