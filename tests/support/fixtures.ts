import type { Browser } from "playwright-core";
import { afterAll } from "vitest";
import { launchBrowser } from "./browser.ts";
import { freePort } from "./free-port.ts";
import { type Platform, startPlatform } from "./platform.ts";

/** One per test process. */
let browser: Promise<Browser> | undefined;

/** Of closed platforms. Browsers keep compiled scripts by URL, so test files reuse origins. */
const idlePorts: number[] = [];

/**
 * Starts a platform for the current test file and closes it after the last test. Requests reach the
 * worker directly: there are no static files.
 */
export async function usePlatform(
  ...[variables, options]: Parameters<typeof startPlatform>
): Promise<Platform> {
  const port = (browser && idlePorts.pop()) ?? (await freePort());
  const platform = await startPlatform(variables, {
    isDirect: true,
    withFiles: false,
    port,
    ...options,
  });
  afterAll(async () => {
    await platform.close();
    idlePorts.push(port);
  });
  return platform;
}

/** A platform with static files, for browsers and for tests of URLs. */
export const useSite = (
  ...[variables, options]: Parameters<typeof startPlatform>
): Promise<Platform> => usePlatform(variables, { withFiles: true, ...options });

/** One browser per test process. */
export const useBrowser = (): Promise<Browser> => (browser ??= launchBrowser());
