import * as z from "zod";
import type { AppArgs } from "~/context.server";
import { getCurrentUser } from "~/features/users/current-user.server";
import { parseSubmittedForm } from "~/http/forms.server";
import { cancelMyOrder, findMyPurchase } from "./purchase-history.server";

/**
 * A purchase of whoever asks, with their name on it; null where there is none of theirs.
 * @throws {Response} the way to sign-in.
 * @throws {ServiceUnavailableError} when D1 does not answer.
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
 * Takes an order back, if it is theirs and still open.
 * @throws {BadRequestError} when the form is none that the page has.
 * @throws {Response} the way to sign-in.
 * @throws {ServiceUnavailableError} when D1 does not answer.
 */
export async function handleReceiptAction(args: AppArgs, purchaseId: string): Promise<void> {
  const { userId, redirectToSignIn } = await getCurrentUser(args);
  if (!userId) throw redirectToSignIn();
  await parseSubmittedForm(args.request, formSchema);
  await cancelMyOrder(args.context.db, userId, purchaseId, Date.now());
}
