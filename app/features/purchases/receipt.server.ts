import * as z from "zod";
import { refuseImpersonation } from "~/access/refuse-impersonation.server";
import type { AppArgs } from "~/context.server";
import { getCurrentUser } from "~/features/users/current-user.server";
import { parseSubmittedForm } from "~/http/forms.server";
import { cancelMyOrder, findMyPurchase } from "./purchase-history.server";

/**
 * Loads one of the viewer's own purchases, or null.
 * @throws {Response} a redirect to sign-in.
 */
export async function loadReceipt(args: AppArgs, purchaseId: string) {
  const { user, redirectToSignIn } = await getCurrentUser(args, { allData: true });
  if (!user) throw redirectToSignIn();
  const purchase = await findMyPurchase(args.context.db, user.id, purchaseId);
  return purchase && { purchase, buyer: user.name };
}

export type Receipt = NonNullable<Awaited<ReturnType<typeof loadReceipt>>>;

const formSchema = z.lazy(() => z.object({ intent: z.literal("cancel") }));

/**
 * Cancels the viewer's own order if it is still pending.
 * @throws {BadRequestError} when the form is not one of the page's forms.
 * @throws {ImpersonationError}
 * @throws {Response} a redirect to sign-in.
 */
export async function handleReceiptAction(args: AppArgs, purchaseId: string): Promise<void> {
  const { userId, redirectToSignIn } = await getCurrentUser(args);
  if (!userId) throw redirectToSignIn();
  refuseImpersonation(args.context);
  await parseSubmittedForm(args.request, formSchema);
  await cancelMyOrder(args.context.db, userId, purchaseId, Date.now());
}
