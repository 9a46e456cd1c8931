import { expect } from "vitest";
import { readCompleteLog } from "./complete-log.ts";
import type { Platform } from "./platform.ts";

/** Fails if a log line contains one of the texts. */
export async function expectLogWithout(
  platform: Pick<Platform, "origin" | "logLines">,
  texts: Iterable<string>,
): Promise<void> {
  const log = (await readCompleteLog(platform)).join("\n");
  expect([...texts].filter((text) => log.includes(text))).toEqual([]);
}
