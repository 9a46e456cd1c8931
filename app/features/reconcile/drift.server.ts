import { sql } from "drizzle-orm";
import type { UserState } from "~/clerk/user-state.server";
import { reconcileRuns } from "~/db/schema.server";
import {
  canOverwrite,
  metadataDiffers,
  profileDiffers,
  statesWithUsers,
} from "~/features/users/upsert-users.server";

/** A subquery `d` that counts differences; runs before the repair in the same batch. */
export const driftOf = (states: readonly UserState[]) => sql`(select
    total(u.id is null) as missing,
    total(${canOverwrite} and ${profileDiffers}) as outdated,
    total(u.id is not null and ${canOverwrite} and ${metadataDiffers}) as metadata_wrong,
    total(u.deleted_at is not null) as tombstoned
  from ${statesWithUsers(states)}) d`;

export const addDrift = {
  missing: sql<number>`${reconcileRuns.missing} + d.missing`,
  outdated: sql<number>`${reconcileRuns.outdated} + d.outdated`,
  metadataWrong: sql<number>`${reconcileRuns.metadataWrong} + d.metadata_wrong`,
  tombstoned: sql<number>`${reconcileRuns.tombstoned} + d.tombstoned`,
};
