import { eq, sql } from "drizzle-orm";
import * as z from "zod";
import { requirePermission } from "~/access/require-permission.server";
import type { AppContext } from "~/context.server";
import { runQuery } from "~/db/client.server";
import { dismissibleFlags, refundReasons } from "~/db/enums";
import { purchases } from "~/db/schema.server";
import { parseAmount } from "~/features/courses/money";
import { refreshRecentCourses } from "~/features/learning/recent-courses.server";
import { dismissFlag } from "~/features/purchases/dismiss-flag.server";
import { decideRefund } from "~/features/purchases/refunds/decide-refund.server";
import { refundableCurrency } from "~/features/purchases/refunds/money-back.server";
import {
  type RefundOutcome,
  requestRefund,
} from "~/features/purchases/refunds/request-refund.server";
import { parseHiddenFields } from "~/http/forms.server";
import { idField } from "~/http/id-field";

const formSchema = z.lazy(() =>
  z.discriminatedUnion("intent", [
    z.object({
      intent: z.literal("refund"),
      id: idField,
      amount: z.string().max(20),
      reason: z.enum(refundReasons),
    }),
    z.object({
      intent: z.literal("decide"),
      refundId: idField,
      decision: z.enum(["reopen", "keep-closed"]),
    }),
    z.object({ intent: z.literal("dismiss"), flag: z.enum(dismissibleFlags) }),
  ]),
);

export type RefundResult =
  | {
      kind:
        | RefundOutcome["kind"]
        | "decided"
        | "dismissed"
        | "nothing-to-decide"
        | "invalid-amount";
    }
  | { kind: "refused"; code: string };

/** @throws {ForbiddenError | BadRequestError | ServiceUnavailableError} */
export async function submitRefundAction(
  context: AppContext,
  purchaseId: string,
  fields: FormData,
): Promise<RefundResult> {
  const { id: changedBy } = requirePermission(context, "purchases.change");
  const request = parseHiddenFields(fields, formSchema);
  const now = Date.now();
  if (request.intent === "decide") {
    const { refundId, decision } = request;
    const change = { refundId, purchaseId, decision, changedBy };
    const userId = await decideRefund(context.db, change, now);
    context.log("admin.refund_decided", { purchaseId, decision });
    if (userId !== null) await refreshRecentCourses(context, userId);
    return { kind: userId === null ? "nothing-to-decide" : "decided" };
  }
  if (request.intent === "dismiss") {
    const { flag } = request;
    const isDismissed = await dismissFlag(context.db, { purchaseId, flag, changedBy }, now);
    context.log("admin.flag_dismissed", { purchaseId, flag });
    return { kind: isDismissed ? "dismissed" : "nothing-to-decide" };
  }
  const { id: refundId, reason } = request;
  const amountMinor = await readAmount(context, purchaseId, request.amount);
  if (amountMinor === undefined) return { kind: "invalid-amount" };
  const refund = { refundId, purchaseId, amountMinor, reason, changedBy };
  const outcome = await requestRefund(context, refund, now);
  context.log("admin.refund_requested", { purchaseId, outcome: outcome.kind });
  if (outcome.kind === "refunded") await refreshRecentCourses(context, outcome.userId);
  return outcome;
}

/** Null if empty: what is left. Undefined if it is not an amount. */
async function readAmount({ db }: AppContext, purchaseId: string, text: string) {
  if (text.trim() === "") return null;
  const currency = refundableCurrency(sql`${purchaseId}`).as("refundable_currency");
  const bought = await runQuery(
    db.select({ currency }).from(purchases).where(eq(purchases.id, purchaseId)).get(),
  );
  return bought && (parseAmount(text, bought.currency) ?? undefined);
}
