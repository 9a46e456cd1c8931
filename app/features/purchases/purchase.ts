import type { Cover } from "~/features/courses/covers";

/** `pending` waits for the money; a cancelled order whose money comes after all can still become paid. */
export const purchaseStatuses = ["pending", "paid", "cancelled", "refunded"] as const;
export type PurchaseStatus = (typeof purchaseStatuses)[number];

/** Whether money has come for it: it then has a receipt, else it is an order. */
export const isReceipt = (status: PurchaseStatus) => status === "paid" || status === "refunded";

/** The course as it was when it was ordered: a receipt tells what was bought, whatever became of it since. */
export interface PurchaseSnapshot {
  slug: string;
  title: string;
  summary: string;
  cover: Cover;
  lessons: number;
}
