import { sql } from "drizzle-orm";
import { reconcileRuns } from "~/db/schema.server";
import type { StateBatch } from "~/features/users/state-batch.server";
import {
  canOverwrite,
  metadataDiffers,
  profileDiffers,
  revisionIsAhead,
  statesWithUsers,
} from "~/features/users/upsert-users.server";

/** A subquery `d` that counts differences; runs before the repair in the same batch. */
export const driftOf = (batch: StateBatch) => sql`(select
    total(u.id is null) as missing,
    total(${canOverwrite(batch)} and ${profileDiffers} and not ${revisionIsAhead}) as outdated,
    total(${canOverwrite(batch)} and ${revisionIsAhead}) as ahead,
    total(u.id is not null and ${canOverwrite(batch)} and ${metadataDiffers}) as metadata_wrong,
    total(u.deleted_at is not null) as tombstoned
  from ${statesWithUsers(batch)}) d`;

export const addDrift = {
  missing: sql<number>`${reconcileRuns.missing} + d.missing`,
  outdated: sql<number>`${reconcileRuns.outdated} + d.outdated`,
  ahead: sql<number>`${reconcileRuns.ahead} + d.ahead`,
  metadataWrong: sql<number>`${reconcileRuns.metadataWrong} + d.metadata_wrong`,
  tombstoned: sql<number>`${reconcileRuns.tombstoned} + d.tombstoned`,
};
