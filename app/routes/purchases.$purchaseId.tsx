import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { refreshRecentCourses } from "~/features/learning/recent-courses.server";
import { OrderSteps } from "~/features/purchases/components/order-steps";
import { ReceiptDetails } from "~/features/purchases/components/receipt-details";
import { isReceipt } from "~/features/purchases/purchase-status";
import { handleReceiptAction, loadReceipt } from "~/features/purchases/receipt.server";
import { Page } from "~/layout/page";

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
  const { paymentUrl, changedUserId } = await handleReceiptAction(args, purchaseId);
  if (changedUserId !== null) await refreshRecentCourses(args.context, changedUserId);
  return redirect(paymentUrl ?? `/purchases/${purchaseId}`);
}

export default function ReceiptPage() {
  const receipt = useLoaderData<typeof loader>();
  const { purchase } = receipt;
  return (
    <Page title={isReceipt(purchase.status) ? "Receipt" : "Order"} lead={purchase.reference}>
      <OrderSteps {...receipt} />
      <ReceiptDetails {...receipt} />
    </Page>
  );
}
