import { createControlClient } from "../clerk/control-client.ts";
import { startLocalClerk } from "../clerk/server.ts";
import { startClerkSwitch } from "./clerk-switch.ts";
import { crons } from "./crons.ts";
import { startPlatform } from "./platform.ts";

export const sides = ["first", "second"] as const;
export type Side = (typeof sides)[number];

export type TwoInstances = Awaited<ReturnType<typeof startTwoInstances>>;

/** One worker and two Clerk instances: `reconcile` runs with the secret key of either. */
export async function startTwoInstances() {
  const other = await startLocalClerk({
    statePath: ":memory:",
    webhookUrl: "http://localhost:9/api/webhooks/clerk",
    seed: false,
  });
  const backend = await startClerkSwitch(other.origin);
  const platform = await startPlatform({ CLERK_API_URL: backend.origin });
  const clerks = { first: platform.clerk, second: createControlClient(other.origin) };
  const origins = { first: platform.clerkOrigin, second: other.origin };
  const { db } = platform;
  return {
    platform,
    clerks,
    async reset() {
      for (const side of sides) {
        await clerks[side].hold();
        await clerks[side].reset();
      }
      for (const table of ["users", "reconcile_runs", "clerk_instance"]) {
        await db.exec(`delete from ${table}`);
      }
    },
    /** Runs to the end, including pushes, and returns the run. */
    async reconcile(side: Side, { adoptInstance = false, allowMassDeletion = false } = {}) {
      backend.select(origins[side]);
      await db
        .prepare(
          `insert into reconcile_runs (id, mode, adopt_instance, allow_mass_deletion, started_at, updated_at)
           values (?, 'repair', ?, ?, 1, 1)`,
        )
        .bind(crypto.randomUUID(), Number(adoptInstance), Number(allowMassDeletion))
        .run();
      await platform.scheduled(crons.frequent);
      return db.prepare("select * from reconcile_runs order by rowid desc").first();
    },
    rows: async () =>
      (await db.prepare("select * from users order by clerk_user_id").all()).results,
    async close() {
      await platform.close();
      await backend.close();
      await other.close();
    },
  };
}
