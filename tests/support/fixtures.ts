import type { Browser } from "playwright-core";
import { afterAll } from "vitest";
import { launchBrowser } from "./browser.ts";
import { type Platform, startPlatform } from "./platform.ts";

/** Starts a platform for the current test file and closes it after the last test. */
export async function usePlatform(
  ...[variables, options]: Parameters<typeof startPlatform>
): Promise<Platform> {
  const platform = await startPlatform(variables, { isDirect: true, ...options });
  afterAll(() => platform.close());
  return platform;
}

let browser: Promise<Browser> | undefined;

/** One browser per test process. */
export const useBrowser = (): Promise<Browser> => (browser ??= launchBrowser());
