import { expect } from "vitest";
import { eventually } from "./eventually.ts";
import type { Platform } from "./platform.ts";

/** Waits until no push to Clerk's metadata is pending and its events have arrived. */
export async function waitForPushes({ db, clerk }: Platform): Promise<void> {
  await eventually(async () => {
    const pending = db.prepare("select count(*) as n from users where metadata_pending = 1");
    expect(await pending.first("n")).toBe(0);
  });
  await clerk.waitForIdle();
}
