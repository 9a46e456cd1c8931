import * as z from "zod";
import { covers } from "../courses/covers";

/** `pending` waits for the money; a cancelled order whose money comes after all can still become paid. */
export const purchaseStatuses = ["pending", "paid", "cancelled", "refunded"] as const;
export type PurchaseStatus = (typeof purchaseStatuses)[number];

/** The course as it was when it was ordered: a receipt tells what was bought, whatever became of it since. */
export const snapshotSchema = z.object({
  slug: z.string(),
  title: z.string(),
  summary: z.string(),
  cover: z.enum(covers),
  lessons: z.number(),
});
export type PurchaseSnapshot = z.infer<typeof snapshotSchema>;
