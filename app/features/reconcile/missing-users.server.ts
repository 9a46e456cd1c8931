import type { UserState } from "~/clerk/user-state.server";
import { lookupLimit } from "~/clerk/users-api.server";
import type { ReconcileContext } from "./reconcile-runs.server";

/** Past so many, a share of people gone this large is not believed. */
const believable = { count: 20, share: 0.2 };

export interface Findings {
  states: UserState[];
  gone: string[];
}

/**
 * What Clerk says of the people of some rows, at most 100. Whom it does not list is asked for once more, alone, before they count
 * as gone; whom it lists in a form that we cannot read is left alone.
 * @throws {ClerkUnavailableError} when Clerk does not answer.
 */
export async function askAbout(
  { clerkUsers }: ReconcileContext,
  ids: readonly string[],
): Promise<Findings> {
  if (ids.length === 0) return { states: [], gone: [] };
  const page = await clerkUsers.findMany(ids.slice(0, lookupLimit));
  const listed = new Set(page.ids);
  const findings: Findings = { states: [...page.states], gone: [] };
  for (const id of ids.filter((id) => !listed.has(id))) {
    const state = await clerkUsers.find(id);
    if (state) findings.states.push(state);
    else findings.gone.push(id);
  }
  return findings;
}

/** Whether so many of those checked may truly be gone; else nobody is buried, and a person has to look. */
export function isBelievable(gone: number, checked: number): boolean {
  return gone <= believable.count || gone <= checked * believable.share;
}
