/** What one kind of statement, such as `insert users`, has cost in D1. */
export interface StatementCount {
  count: number;
  rowsRead: number;
  rowsWritten: number;
}

/** How often a place was called, and how long the worker waited for it. */
export interface CallCount {
  count: number;
  ms: number;
}

export interface Counters {
  statements: Record<string, StatementCount>;
  /** Batches of several statements: one call each. */
  batches: number;
  /** By place: `D1`, `KV get`, `KV put`, `fetch` and so on. */
  calls: Record<string, CallCount>;
  /** Signatures checked, by algorithm. */
  verifications: Record<string, number>;
}
