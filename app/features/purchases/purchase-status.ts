import type { PurchaseStatus } from "~/db/enums";

/** The statuses that an admin can set; refunds are in `refunds/`. */
export const settlements = ["paid", "cancelled"] as const;
export type Settlement = (typeof settlements)[number];

export const purchaseStatusLabels: Record<PurchaseStatus, string> = {
  pending: "pending",
  paid: "paid",
  cancelled: "canceled",
  refunded: "refunded",
};

/** A canceled order can still be paid: the money may arrive late. */
export const allowedFrom: Record<Settlement, readonly PurchaseStatus[]> = {
  paid: ["pending", "cancelled"],
  cancelled: ["pending"],
};

export const canSettle = (status: PurchaseStatus, settlement: Settlement) =>
  allowedFrom[settlement].includes(status);

/** True if the purchase was paid at some point; otherwise it is an order. */
export const isReceipt = (status: PurchaseStatus) => status === "paid" || status === "refunded";
