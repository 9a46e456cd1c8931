/** How an I/O step fails: it has no effect, its response is lost, or it never completes. */
export const faultModes = ["fails", "response-lost", "hangs"] as const;
export type FaultMode = (typeof faultModes)[number];

/** The ways of failing that differ: a read has no effect, so a lost response is a plain failure. */
export const modesOf = (step: string): readonly FaultMode[] =>
  isRead.test(step) ? ["fails", "hangs"] : faultModes;
const isRead = /^(D1\.read|KV\.get|(Clerk|Stripe)\.GET)/;

/**
 * The step to fail, counted from 1. "overlaps" delays its result until the next step is done,
 * "pauses" until the fault is disarmed.
 * "kv-limit" has no step (0): like KV within one second, it takes one write of each key.
 */
export interface FaultPlan {
  step: number;
  /** Counts only the steps of this service, since those of others may come in between. */
  service?: "D1" | "KV" | "Clerk";
  mode: FaultMode | "overlaps" | "pauses" | "kv-limit";
}

/** The steps since the plan was armed, and whether the planned step was reached. */
export interface FaultReport {
  steps: string[];
  injected: number;
  /** Since the worker was started. */
  totalInjected: number;
  totalSteps: number;
  /** Requests, crons and background work in progress. */
  running: number;
}
