import type { UserState } from "~/clerk/user-state.server";
import { lookupLimit } from "~/clerk/users-api.server";
import type { ReconcileContext } from "./reconcile-runs.server";

/** Past so many, a share of people gone this large is not believed. */
const deletionLimit = { count: 20, share: 0.2 };

export interface LookupResult {
  states: UserState[];
  gone: string[];
}

/**
 * What Clerk says of the people of some rows, at most 100. Whom it does not list is asked for once more, alone, before they count
 * as gone; whom it lists in a form that we cannot read is left alone.
 * @throws {ClerkUnavailableError} when Clerk does not answer.
 */
export async function lookUpMissing(
  { clerkUsers }: ReconcileContext,
  ids: readonly string[],
): Promise<LookupResult> {
  if (ids.length === 0) return { states: [], gone: [] };
  const page = await clerkUsers.findMany(ids.slice(0, lookupLimit));
  const listed = new Set(page.ids);
  const result: LookupResult = { states: [...page.states], gone: [] };
  for (const id of ids.filter((id) => !listed.has(id))) {
    const state = await clerkUsers.find(id);
    if (state) result.states.push(state);
    else result.gone.push(id);
  }
  return result;
}

/** Whether so many of those checked may truly be gone; else nobody is buried, and a person has to look. */
export function isWithinDeletionLimit(gone: number, checked: number): boolean {
  return gone <= deletionLimit.count || gone <= checked * deletionLimit.share;
}
