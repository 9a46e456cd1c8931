import type { PurchaseStatus } from "~/db/enums";

/** What an admin can make of a purchase. */
export const settlements = ["paid", "cancelled", "refunded"] as const;
export type Settlement = (typeof settlements)[number];

/** What a purchase has to be to become that. Money for a cancelled order may still come. */
export const allowedFrom: Record<Settlement, readonly PurchaseStatus[]> = {
  paid: ["pending", "cancelled"],
  cancelled: ["pending"],
  refunded: ["paid"],
};

/** Whether a purchase can be made that; pages show the button by it. */
export const canSettle = (status: PurchaseStatus, settlement: Settlement) =>
  allowedFrom[settlement].includes(status);

/** Whether money has come for it: it then has a receipt, else it is an order. */
export const isReceipt = (status: PurchaseStatus) => status === "paid" || status === "refunded";
