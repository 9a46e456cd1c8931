import { and, isNull, lt } from "drizzle-orm";
import { type Database, runQuery } from "~/db/client.server";
import { disputes, refunds } from "~/db/schema.server";

const retentionMs = 30 * 24 * 60 * 60 * 1000;

/** Deletes refunds and disputes of payments that are not of this site. */
export async function pruneUnlinked(db: Database, now: number): Promise<void> {
  const before = now - retentionMs;
  await runQuery(
    db.batch([
      db.delete(refunds).where(and(isNull(refunds.purchaseId), lt(refunds.createdAt, before))),
      db.delete(disputes).where(and(isNull(disputes.purchaseId), lt(disputes.createdAt, before))),
    ]),
  );
}
