import type { UserState } from "~/clerk/user-state.server";
import { lookupLimit } from "~/clerk/users-api.server";
import type { ReconcileContext } from "./reconcile-runs.server";

/** Above this count, a larger share of missing users stops the run. */
const deletionLimit = { count: 20, share: 0.2 };

export interface LookupResult {
  states: UserState[];
  missing: string[];
}

/** Confirms each missing user separately; listed users that cannot be parsed are not missing. */
export async function lookUpMissing(
  { clerkUsers }: Pick<ReconcileContext, "clerkUsers">,
  ids: readonly string[],
): Promise<LookupResult> {
  if (ids.length === 0) return { states: [], missing: [] };
  const page = await clerkUsers.findMany(ids.slice(0, lookupLimit));
  const listed = new Set(page.ids);
  const result: LookupResult = { states: [...page.states], missing: [] };
  for (const id of ids.filter((id) => !listed.has(id))) {
    const state = await clerkUsers.find(id);
    if (state) result.states.push(state);
    else result.missing.push(id);
  }
  return result;
}

/** False if implausibly many users are missing: the run then stops without deleting them. */
export function isWithinDeletionLimit(missing: number, checked: number): boolean {
  return missing <= deletionLimit.count || missing <= checked * deletionLimit.share;
}
