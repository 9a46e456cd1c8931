import type { Browser } from "playwright-core";
import { afterAll } from "vitest";
import { launchBrowser } from "./browser.ts";
import { type Platform, startPlatform } from "./platform.ts";

/**
 * Starts a platform for the current test file and closes it after the last test. Requests reach the
 * worker directly: there are no static files.
 */
export async function usePlatform(
  ...[variables, options]: Parameters<typeof startPlatform>
): Promise<Platform> {
  const platform = await startPlatform(variables, {
    isDirect: true,
    withFiles: false,
    ...options,
  });
  afterAll(() => platform.close());
  return platform;
}

/** A platform with static files, for browsers and for tests of URLs. */
export const useSite = (
  ...[variables, options]: Parameters<typeof startPlatform>
): Promise<Platform> => usePlatform(variables, { withFiles: true, ...options });

let browser: Promise<Browser> | undefined;

/** One browser per test process. */
export const useBrowser = (): Promise<Browser> => (browser ??= launchBrowser());
