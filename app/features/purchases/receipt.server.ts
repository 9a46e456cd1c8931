import * as z from "zod";
import { refuseImpersonation } from "~/access/refuse-impersonation.server";
import type { AppArgs } from "~/context.server";
import { getCurrentUser } from "~/features/users/current-user.server";
import { parseHiddenFields } from "~/http/forms.server";
import { checkMyPayment } from "./check-payment.server";
import { openCheckout } from "./checkout.server";
import { cancelMyOrder, findMyPurchase } from "./purchase-history.server";

/** One of the viewer's own purchases, or null. @throws {Response} a redirect to sign-in. */
export async function loadReceipt(args: AppArgs, purchaseId: string) {
  const { user, redirectToSignIn } = await getCurrentUser(args, { allData: true });
  if (!user) throw redirectToSignIn();
  const { db, environment } = args.context;
  const purchase = await findMyPurchase(db, user.id, purchaseId);
  const { SELLER: seller = null, PAYMENT_INSTRUCTIONS: instructions = null } = environment;
  const hasReturned = new URL(args.request.url).searchParams.get("checkout") === "done";
  return purchase && { purchase, buyer: user.name, seller, instructions, hasReturned };
}

export type Receipt = NonNullable<Awaited<ReturnType<typeof loadReceipt>>>;

const formSchema = z.lazy(() => z.object({ intent: z.enum(["cancel", "pay", "check"]) }));

export interface ReceiptActionResult {
  /** Where the viewer goes next: Stripe's payment page, or null for the order. */
  paymentUrl: string | null;
  /** Whose courses have changed, if any. */
  changedUserId: string | null;
}

/**
 * Pays, checks or cancels the viewer's own order, if it is still pending.
 * @throws {Response | BadRequestError | ImpersonationError | ServiceUnavailableError}
 */
export async function handleReceiptAction(
  args: AppArgs,
  purchaseId: string,
  fields: FormData,
): Promise<ReceiptActionResult> {
  const { context } = args;
  const { userId, redirectToSignIn } = await getCurrentUser(args);
  if (!userId) throw redirectToSignIn();
  refuseImpersonation(args.context);
  const { intent } = parseHiddenFields(fields, formSchema);
  const now = Date.now();
  switch (intent) {
    case "cancel":
      // If the payment is already complete, the buyer has the course.
      await cancelMyOrder(context, userId, purchaseId, now);
      return { paymentUrl: null, changedUserId: userId };
    case "check": {
      const isChanged = await checkMyPayment(context, userId, purchaseId, now);
      return { paymentUrl: null, changedUserId: isChanged ? userId : null };
    }
    case "pay": {
      const isMine = (await findMyPurchase(context.db, userId, purchaseId)) !== null;
      if (!isMine || context.stripe === null) return { paymentUrl: null, changedUserId: null };
      const checkout = await openCheckout(context, context.stripe, purchaseId, now);
      const paymentUrl = checkout.kind === "pay" ? checkout.url : null;
      return { paymentUrl, changedUserId: checkout.kind === "ended" ? userId : null };
    }
  }
}
