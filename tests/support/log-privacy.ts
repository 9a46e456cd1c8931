import { expect } from "vitest";
import { eventually } from "./eventually.ts";
import type { Platform } from "./platform.ts";

/**
 * Fails if a log line contains one of the texts. Lines arrive in order, so the log is complete once
 * the line of an additional request appears.
 */
export async function expectLogWithout(
  { origin, logLines }: Pick<Platform, "origin" | "logLines">,
  texts: Iterable<string>,
): Promise<void> {
  const requestId = crypto.randomUUID();
  await fetch(`${origin}/api/me`, { headers: { "CF-Ray": requestId } });
  await eventually(() => expect(logLines.join("\n")).toContain(requestId));
  const log = logLines.join("\n");
  expect([...texts].filter((text) => log.includes(text))).toEqual([]);
}
