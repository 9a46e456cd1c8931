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

/** Waits until the user's first push has succeeded and its event has arrived, or it has failed. */
export async function waitForPush({ db, clerk }: Platform, clerkUserId: string): Promise<void> {
  const due = db.prepare(
    "select 1 from users where clerk_user_id = ? and metadata_pending = 1 and metadata_retry_at is null",
  );
  await eventually(async () => expect(await due.bind(clerkUserId).first()).toBeNull());
  await clerk.waitForIdle();
}
