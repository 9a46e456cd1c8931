import assert from "node:assert/strict";
import * as z from "zod";
import type { Platform } from "../platform.ts";
import type { TestUser } from "./test-users.ts";

const rowSchema = z.object({
  id: z.string(),
  clerk_user_id: z.string(),
  clerk_updated_at: z.number(),
  refresh_pending: z.number(),
  deleted_at: z.number().nullable(),
  role: z.string(),
});

/**
 * Checks invariants against the previous call: ids are stable, deleted users stay deleted, and
 * `clerk_updated_at` never decreases unless the row waits for a refresh.
 */
export function watchRows({ db }: Platform) {
  const seen = new Map<string, z.infer<typeof rowSchema>>();
  return async (users: readonly TestUser[]): Promise<void> => {
    const ids = JSON.stringify(users.map(({ clerkUserId }) => clerkUserId));
    const { results } = await db
      .prepare("select * from users where clerk_user_id in (select value from json_each(?))")
      .bind(ids)
      .all();
    for (const row of z.array(rowSchema).parse(results)) {
      const before = seen.get(row.clerk_user_id);
      seen.set(row.clerk_user_id, row);
      if (!before) continue;
      assert.equal(row.id, before.id, `${row.clerk_user_id} got another id`);
      assert.ok(
        row.clerk_updated_at >= before.clerk_updated_at || before.refresh_pending === 1,
        `${row.clerk_user_id} was overwritten with an older revision`,
      );
      if (before.deleted_at)
        assert.equal(row.deleted_at, before.deleted_at, `${row.clerk_user_id} was restored`);
    }
  };
}
