import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/cloudflare";
import { useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/access/permissions";
import { requirePermission } from "~/access/require-permission.server";
import { DisputeSection } from "~/features/admin/components/dispute-section";
import { PurchaseFacts } from "~/features/admin/components/purchase-facts";
import { PurchaseTimeline } from "~/features/admin/components/purchase-timeline";
import { RefundNotice } from "~/features/admin/components/refund-notice";
import { RefundSection } from "~/features/admin/components/refund-section";
import { loadPurchaseDetails } from "~/features/admin/purchase-details.server";
import { type RefundResult, submitRefundAction } from "~/features/admin/refund-actions.server";
import { readFormData } from "~/http/forms.server";
import { enforceRateLimit } from "~/http/rate-limit.server";
import { type RateLimited, submittedFields } from "~/http/rate-limited";
import { Page } from "~/layout/page";

export const handle = { access: "admin" };

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.purchase.reference ?? "Purchase"} · Admin · Courses Platform` },
];

/** Also after a failed action: the page may be out of date. */
export const shouldRevalidate = () => true;

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { role } = requirePermission(context, "purchases.read");
  const details = await loadPurchaseDetails(context.db, params.purchaseId ?? "");
  if (details === null) throw new Response(null, { status: 404 });
  const done = new URL(request.url).searchParams.get("done");
  return { ...details, mayChange: can(role, "purchases.change"), done };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const { purchaseId = "" } = params;
  const fields = await readFormData(request);
  await enforceRateLimit(context, "admin-write", fields);
  const result = await submitRefundAction(context, purchaseId, fields);
  switch (result.kind) {
    case "refunded":
    case "pending":
    case "decided":
    case "dismissed":
      return redirect(`/admin/purchases/${purchaseId}?done=${result.kind}`);
    case "not-found":
      throw new Response(null, { status: 404 });
    default:
      return data(
        { ...result, lastResult: submittedFields(fields) },
        { status: result.kind === "invalid-amount" ? 400 : 409 },
      );
  }
}

export default function PurchasePage() {
  const details = useLoaderData<typeof loader>();
  const failure = useActionData<RefundResult | RateLimited>();
  const { purchase, done } = details;
  return (
    <Page title={purchase.reference} lead={purchase.snapshot.title}>
      <RefundNotice failure={failure} done={done} />
      <PurchaseFacts details={details} mayChange={details.mayChange} />
      <RefundSection details={details} mayChange={details.mayChange} />
      <DisputeSection disputes={details.disputes} />
      <PurchaseTimeline details={details} />
    </Page>
  );
}
