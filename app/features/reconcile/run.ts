/** A dry run only counts what differs. */
export const reconcileModes = ["repair", "dry-run"] as const;
export type ReconcileMode = (typeof reconcileModes)[number];

/** First through Clerk's users, which finds what D1 lacks; then through the rows, which finds what Clerk lost. */
export const reconcilePhases = ["clerk-users", "rows"] as const;
