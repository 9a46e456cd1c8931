import type { Browser } from "playwright-core";
import { afterAll } from "vitest";
import { launchBrowser } from "./browser.ts";
import { type Platform, startPlatform } from "./platform.ts";

/** A platform for the tests of this file, closed after the last one. */
export async function usePlatform(...options: Parameters<typeof startPlatform>): Promise<Platform> {
  const platform = await startPlatform(...options);
  afterAll(() => platform.close());
  return platform;
}

let browser: Promise<Browser> | undefined;

/** One browser for all files that a process runs, closed with the process. */
export const useBrowser = (): Promise<Browser> => (browser ??= launchBrowser());
