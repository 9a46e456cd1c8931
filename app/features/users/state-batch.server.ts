import type { UserState } from "~/clerk/user-state.server";

/** Clerk's clock may be this far ahead of ours, and its responses this far behind our rows. */
export const maxSkewMs = 5 * 60 * 1000;

interface StorableState extends UserState {
  /** Clerk's revision lies in the future; `clerkUpdatedAt` is the time of receipt instead. */
  isAhead: boolean;
  /** Only Clerk's API can tell whether this state is the latest. */
  needsRefresh: boolean;
}

/** States from Clerk, ready to be stored. */
export interface StateBatch {
  states: readonly StorableState[];
  /** When Clerk was asked; 0 if the states were delivered and may be old. */
  readAt: number;
}

/** A revision from the future must not win forever: the time of receipt is stored instead. */
export function storableRevision(clerkUpdatedAt: number, receivedAt: number): number {
  return clerkUpdatedAt > receivedAt + maxSkewMs ? receivedAt : clerkUpdatedAt;
}

export function deliveredState(state: UserState, receivedAt: number): StateBatch {
  const clerkUpdatedAt = storableRevision(state.clerkUpdatedAt, receivedAt);
  const isAhead = clerkUpdatedAt < state.clerkUpdatedAt;
  return { states: [{ ...state, clerkUpdatedAt, isAhead, needsRefresh: isAhead }], readAt: 0 };
}

/** `readAt` is the time before the request: what Clerk says is at least as new. */
export function fetchedStates(states: readonly UserState[], readAt: number): StateBatch {
  const storable = states.map((state) => {
    const clerkUpdatedAt = storableRevision(state.clerkUpdatedAt, readAt);
    const isAhead = clerkUpdatedAt < state.clerkUpdatedAt;
    return { ...state, clerkUpdatedAt, isAhead, needsRefresh: false };
  });
  return { states: storable, readAt };
}
