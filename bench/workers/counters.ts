/** The D1 cost of one kind of statement, such as `insert users`. */
export interface StatementCount {
  count: number;
  rowsRead: number;
  rowsWritten: number;
}

export interface CallCount {
  count: number;
  ms: number;
}

export interface Counters {
  statements: Record<string, StatementCount>;
  /** Each batch is one call. */
  batches: number;
  /** By target: `D1`, `KV get`, `KV put`, `fetch` and so on. */
  calls: Record<string, CallCount>;
  /** Signature checks by algorithm. */
  verifications: Record<string, number>;
}
