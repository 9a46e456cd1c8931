import * as z from "zod";
import { requirePermission } from "~/access/require-permission.server";
import type { AppContext } from "~/context.server";
import type { PurchaseStatus } from "~/db/enums";
import { refreshRecentCourses } from "~/features/learning/recent-courses.server";
import { cancelStripeOrder } from "~/features/purchases/cancel-order.server";
import { closePageOfOrder } from "~/features/purchases/close-payment-page.server";
import { type Settlement, settlements } from "~/features/purchases/purchase-status";
import { settlePurchase } from "~/features/purchases/settle-purchase.server";
import { parseHiddenFields } from "~/http/forms.server";
import { idField } from "~/http/id-field";

export type PurchaseOutcome =
  | { kind: "settled"; settlement: Settlement; purchaseId: string }
  | { kind: "not-found" }
  | PurchaseFailure;

/** The purchase has a status that does not allow the settlement. */
export interface PurchaseFailure {
  kind: "conflict";
  settlement: Settlement;
  status: PurchaseStatus;
}

const settleSchema = z.lazy(() =>
  z.object({
    purchaseId: idField,
    settlement: z.enum(settlements),
  }),
);

/** @throws {ForbiddenError | BadRequestError | ServiceUnavailableError} */
export async function submitSettlement(
  context: AppContext,
  fields: FormData,
): Promise<PurchaseOutcome> {
  const { id: changedBy } = requirePermission(context, "purchases.change");
  const request = parseHiddenFields(fields, settleSchema);
  const now = Date.now();
  const { purchaseId, settlement } = request;
  if (settlement === "cancelled") await cancelStripeOrder(context, { purchaseId, changedBy }, now);
  else await closePageOfOrder(context, purchaseId, now);
  const outcome = await settlePurchase(context.db, { ...request, changedBy }, now);
  context.log("admin.purchase_settled", { ...request, outcome: outcome.kind });
  if (outcome.kind === "not-found") return outcome;
  if (outcome.kind === "conflict") return { ...outcome, settlement: request.settlement };
  await refreshRecentCourses(context, outcome.userId);
  return { kind: "settled", ...request };
}
