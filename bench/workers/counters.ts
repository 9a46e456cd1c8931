/** What one kind of statement, such as `insert users`, has cost in D1. */
export interface StatementCount {
  count: number;
  rowsRead: number;
  rowsWritten: number;
}

export interface Counters {
  statements: Record<string, StatementCount>;
  /** Batches of several statements: one call each. */
  batches: number;
  /** How often D1, KV and Clerk were called, and how long the worker waited for them. */
  calls: Record<string, { count: number; ms: number }>;
}
