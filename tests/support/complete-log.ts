import { expect } from "vitest";
import { eventually } from "./eventually.ts";
import type { Platform } from "./platform.ts";

/**
 * The lines logged so far, without its own. Lines arrive late but in order, so the log is complete
 * once the line of an additional request appears.
 */
export async function readCompleteLog({
  origin,
  logLines,
}: Pick<Platform, "origin" | "logLines">): Promise<string[]> {
  const requestId = crypto.randomUUID();
  await fetch(`${origin}/api/me`, { headers: { "CF-Ray": requestId } });
  await eventually(() => expect(logLines.join("\n")).toContain(requestId));
  return logLines.filter((line) => !line.includes(requestId));
}
