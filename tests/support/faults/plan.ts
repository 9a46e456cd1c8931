/** How one I/O step goes wrong: nothing happens, it happens but the answer is lost, or nothing is ever heard. */
export const faultModes = ["fails", "answer-lost", "hangs"] as const;
export type FaultMode = (typeof faultModes)[number];

/** One step to go wrong, counted from 1 since the plan was armed; one that meets waits, once done, for the next one to be done. */
export interface FaultPlan {
  step: number;
  mode: FaultMode | "meets";
}

/** What was seen since the plan was armed: every step by name, in order, and whether the planned one was reached. */
export interface FaultReport {
  steps: string[];
  injected: number;
  /** Since the worker was started. */
  injectedInAll: number;
  stepsInAll: number;
  /** Requests, crons and background work that have not ended. */
  running: number;
}
