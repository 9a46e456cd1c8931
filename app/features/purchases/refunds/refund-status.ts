import type { DisputeStatus, RefundStatus } from "~/db/enums";

/** A refund only moves to a higher rank, in whatever order events arrive. */
export const refundRanks: Record<RefundStatus, number> = {
  pending: 0,
  succeeded: 1,
  failed: 2,
  canceled: 2,
};

/** A lost dispute can still be won on appeal. */
export const disputeRanks: Record<DisputeStatus, number> = { open: 0, lost: 1, won: 2 };
