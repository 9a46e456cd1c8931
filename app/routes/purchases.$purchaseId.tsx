import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/cloudflare";
import { useActionData, useLoaderData } from "@remix-run/react";
import { refreshRecentCourses } from "~/features/learning/recent-courses.server";
import { OrderSteps } from "~/features/purchases/components/order-steps";
import { ReceiptDetails } from "~/features/purchases/components/receipt-details";
import { isReceipt } from "~/features/purchases/purchase-status";
import { handleReceiptAction, loadReceipt } from "~/features/purchases/receipt.server";
import { readFormData } from "~/http/forms.server";
import { enforceRateLimit } from "~/http/rate-limit.server";
import type { RateLimited } from "~/http/rate-limited";
import { Page } from "~/layout/page";
import { RateLimitNotice } from "~/ui/rate-limit-notice";

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const word = data && isReceipt(data.purchase.status) ? "Receipt" : "Order";
  return [{ title: `${word} ${data?.purchase.reference ?? ""} · Courses Platform` }];
};

export async function loader(args: LoaderFunctionArgs) {
  const receipt = await loadReceipt(args, args.params.purchaseId ?? "");
  if (!receipt) throw new Response(null, { status: 404 });
  return receipt;
}

export async function action(args: ActionFunctionArgs) {
  const { purchaseId = "" } = args.params;
  const fields = await readFormData(args.request);
  const kind = fields.get("intent") === "cancel" ? "cancellation" : "order";
  await enforceRateLimit(args.context, kind, fields);
  const { paymentUrl, changedUserId } = await handleReceiptAction(args, purchaseId, fields);
  if (changedUserId !== null) await refreshRecentCourses(args.context, changedUserId);
  return redirect(paymentUrl ?? `/purchases/${purchaseId}`);
}

export default function ReceiptPage() {
  const receipt = useLoaderData<typeof loader>();
  const failure = useActionData<RateLimited>();
  const { purchase } = receipt;
  return (
    <Page title={isReceipt(purchase.status) ? "Receipt" : "Order"} lead={purchase.reference}>
      {failure && <RateLimitNotice />}
      <OrderSteps {...receipt} />
      <ReceiptDetails {...receipt} />
    </Page>
  );
}
